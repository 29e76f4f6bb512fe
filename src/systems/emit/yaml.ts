/**
 * Writes configuration in YAML. Every string is in double quotes, so that whatever it holds it stays that string, to
 * readers of YAML 1.1 too: for them a bare `no` is false, and a bare `1:20` is eighty.
 */
import { Document, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'

export type YamlData =
  | string
  | number
  | boolean
  | Commented
  | readonly YamlData[]
  /** A member that is undefined is left out. */
  | { readonly [name: string]: YamlData | undefined }

const above = Symbol('comment')

interface Commented {
  readonly [above]: string
  readonly data: YamlData
}

/** Data with a comment above the member of a map or the item of a list that it is: a line of it per line of text. */
export function commented(text: string, data: YamlData): YamlData {
  return { [above]: text, data }
}

/** Throws TypeError where a value cannot be written: NUL, half a surrogate pair, a number that is none. */
export function writeYaml(data: YamlData): string {
  const text = new Document(nodeOf(data)).toString({ lineWidth: 0, doubleQuotedAsJSON: true })
  // Line breaks to some readers, or not printable. They stand in quotes: names and comments are our own.
  return text.replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function nodeOf(data: YamlData): Node {
  if (typeof data === 'string') return quoted(data)
  if (typeof data === 'number' && !Number.isFinite(data)) throw new TypeError(`YAML 1.2 has no number for ${data}`)
  if (typeof data !== 'object') return new Scalar(data)
  if (Array.isArray(data)) return listOf(data)
  if (above in data) return nodeOf((data as Commented).data)
  return mapOf(data as Readonly<Record<string, YamlData | undefined>>)
}

function quoted(value: string): Node {
  if (value.includes('\0') || !value.isWellFormed())
    throw new TypeError(`this value cannot be written: ${JSON.stringify(value)}`)
  return Object.assign(new Scalar(value), { type: Scalar.QUOTE_DOUBLE })
}

function listOf(items: readonly YamlData[]): Node {
  const list = new YAMLSeq()
  list.flow = items.length === 0
  list.items = items.map((item) => Object.assign(nodeOf(item), commentOf(item)))
  return list
}

/** Names that are words to no version of YAML go without quotes. */
const bare = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z_][a-z0-9_-]*$/i

function mapOf(members: Readonly<Record<string, YamlData | undefined>>): Node {
  const map = new YAMLMap()
  const written = Object.entries(members).filter((entry): entry is [string, YamlData] => entry[1] !== undefined)
  map.flow = written.length === 0
  map.items = written.map(([name, value]) => {
    const key = bare.test(name) ? new Scalar(name) : quoted(name)
    return new Pair(Object.assign(key, commentOf(value)), nodeOf(value))
  })
  return map
}

function commentOf(data: YamlData): { commentBefore?: string } {
  if (typeof data !== 'object' || !(above in data)) return {}
  return { commentBefore: data[above].replaceAll(/^/gm, ' ') }
}
