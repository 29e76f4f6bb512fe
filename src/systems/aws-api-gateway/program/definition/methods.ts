/** Resources and methods as the emulator asks for them: which one takes a request, and what applies to it. */
import { type MethodSetting, settingPath } from '../../definition/stage.ts'
import type { ReadDocument, ReadOperation } from './document-shape.ts'
import type { Files } from './read-files.ts'

export interface Method {
  /** `/orders/{proxy+}` */
  readonly resource: string
  /** `GET`, or `ANY`. */
  readonly name: string
  readonly operation: ReadOperation
  readonly settings: Partial<MethodSetting>
}

/** A method, and the variables of its path, decoded. */
export interface Match {
  readonly method: Method
  readonly variables: Readonly<Record<string, string>>
}

interface Resource {
  readonly path: string
  readonly parts: readonly string[]
  readonly methods: ReadonlyMap<string, Method>
}

const any = 'x-amazon-apigateway-any-method'

/** Finds the method for a path, decoded and with its dot segments resolved. */
export function methodFinder({ document, stage }: Files): (httpMethod: string, path: string) => Match | undefined {
  const resources = Object.entries(document.paths)
    .map(([path, item]) => resourceOf(path, item, stage.Stage.MethodSettings))
    .sort(moreParticular)
  return (httpMethod, path) => {
    const parts = path.split('/').slice(1)
    for (const resource of resources) {
      const variables = variablesIn(resource.parts, parts)
      const method = variables && (resource.methods.get(httpMethod) ?? resource.methods.get('ANY'))
      // A resource without this method ends the search: a wider one beside it is not asked.
      if (variables) return method && { method, variables }
    }
    return undefined
  }
}

function resourceOf(path: string, item: ReadDocument['paths'][string], all: readonly MethodSetting[]): Resource {
  const methods = Object.entries(item).map(([key, operation]): [string, Method] => {
    const name = key === any ? 'ANY' : key.toUpperCase()
    return [name, { resource: path, name, operation, settings: settingsOf(all, path, name) }]
  })
  return { path, parts: path.split('/').slice(1), methods: new Map(methods) }
}

/** The most particular setting counts, one by one: method and resource, then all methods of all resources. */
function settingsOf(all: readonly MethodSetting[], path: string, name: string): Partial<MethodSetting> {
  const own = settingPath(path)
  const applying = all.filter(
    ({ ResourcePath, HttpMethod }) =>
      (ResourcePath === own || ResourcePath === '/*') && (HttpMethod === name || HttpMethod === '*'),
  )
  const rank = ({ ResourcePath, HttpMethod }: MethodSetting): number =>
    (ResourcePath === own ? 2 : 0) + (HttpMethod === name ? 1 : 0)
  return Object.assign({}, ...applying.sort((a, b) => rank(a) - rank(b)))
}

/** Fixed parts before variables, a variable before a greedy one, part by part. */
function moreParticular(a: Resource, b: Resource): number {
  const width = (part: string | undefined): number =>
    part === undefined ? 3 : part.endsWith('+}') ? 2 : part.startsWith('{') ? 1 : 0
  for (let n = 0; n < Math.max(a.parts.length, b.parts.length); n++) {
    const difference = width(a.parts[n]) - width(b.parts[n])
    if (difference !== 0) return difference
  }
  return 0
}

function variablesIn(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const variables: Record<string, string> = {}
  for (const [n, part] of pattern.entries()) {
    const name = /^\{([^{}+]+)(\+?)\}$/.exec(part)
    if (name?.[2] === '+') {
      const rest = parts.slice(n).join('/')
      return rest === '' ? undefined : { ...variables, [name[1]!]: rest }
    }
    if (parts[n] === undefined || (name ? parts[n] === '' : parts[n] !== part)) return undefined
    if (name) variables[name[1]!] = parts[n]
  }
  return parts.length === pattern.length ? variables : undefined
}
