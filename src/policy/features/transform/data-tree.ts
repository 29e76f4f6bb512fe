/**
 * JSON and XML on common ground, so that an answer in one can be compared with the origin's answer in the other:
 * text, or named members in their order. After the mapping of ./xml.ts, {} and [] and null and "" are alike: empty.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { documentElement, entryElement, itemElement } from './xml.ts'

export type Node = string | readonly (readonly [name: string, node: Node])[]

/** Numbers keep the text in which they were written. Throws SyntaxError on broken JSON. */
export function treeOfJson(text: string): Node {
  // The reviver's context has the source text of numbers (TC39 “JSON.parse source text access”, in Node since 21).
  const reviver = (_: string, value: unknown, context: { source?: string }): unknown =>
    typeof value === 'number' ? { [numberText]: context.source ?? String(value) } : value
  return nodeOf((JSON.parse as (text: string, reviver: unknown) => unknown)(text, reviver))
}

const numberText = Symbol('number as written')

function nodeOf(value: unknown): Node {
  if (value === null) return ''
  if (Array.isArray(value)) return value.length === 0 ? '' : value.map((item) => [itemElement, nodeOf(item)] as const)
  if (typeof value !== 'object') return String(value)
  if (numberText in value) return String(value[numberText])
  const members = Object.entries(value)
  return members.length === 0 ? '' : members.map(([name, member]) => [name, nodeOf(member)] as const)
}

type Parsed = Readonly<Record<string, unknown>>

/** Throws Error with the parser's words on XML that is not well-formed or has another document element. */
export function treeOfXml(text: string): Node {
  const valid = XMLValidator.validate(text)
  if (valid !== true) throw new Error(`${valid.err.msg} (line ${valid.err.line})`)
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    ignoreDeclaration: true,
    processEntities: true,
    htmlEntities: true,
  })
  const roots = (parser.parse(text) as readonly Parsed[]).filter((node) => !('#text' in node))
  const root = roots[0]
  if (!root || !(documentElement in root)) throw new Error(`the document element is not <${documentElement}>`)
  return nodeOfXml(root[documentElement] as readonly Parsed[])
}

function nodeOfXml(children: readonly Parsed[]): Node {
  const elements = children.filter((child) => !('#text' in child))
  if (elements.length === 0) return children.map((child) => String(child['#text'])).join('')
  return elements.map((element) => {
    const tag = Object.keys(element).find((key) => key !== ':@')!
    const attributes = element[':@'] as Readonly<Record<string, string>> | undefined
    const name = tag === entryElement && attributes?.['name'] !== undefined ? attributes['name'] : tag
    return [name, nodeOfXml(element[tag] as readonly Parsed[])] as const
  })
}

/**
 * Where two trees first differ, in words; undefined where they hold the same. The order of members does not count in
 * JSON objects, the order of items does.
 */
export function firstDifference(expected: Node, received: Node, place = ''): string | undefined {
  const at = place || 'the document'
  if (typeof expected === 'string' || typeof received === 'string') {
    if (expected === received) return undefined
    return `${at} is ${shown(received)}, not ${shown(expected)}`
  }
  const rest = [...received]
  for (const [index, [name, node]] of expected.entries()) {
    const found = rest.findIndex(([other]) => other === name)
    const here = name === itemElement ? `${place}[${index}]` : `${place}.${name}`.replace(/^\./, '')
    if (found < 0) return `${here} is missing`
    const difference = firstDifference(node, rest.splice(found, 1)[0]![1], here)
    if (difference) return difference
  }
  return rest.length > 0 ? `${at} has ${rest[0]![0]} too much` : undefined
}

function shown(node: Node): string {
  return typeof node === 'string' ? `“${node.slice(0, 40)}”` : `${node.length} members`
}
