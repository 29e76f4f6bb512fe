/** `integration.request.header.X: method.request.header.Y`: where values come from. */
import type { HeaderMap } from '../answer.ts'
import { type Call, queryOf } from '../call.ts'
import type { ReadStage } from '../definition/stage-shape.ts'
import { contextOf } from '../templates/variables.ts'

type Values = Readonly<Record<string, string>>

/** What a mapping of a request is made from; undefined where the request does not have it. */
export function requestValue(
  from: string,
  call: Call,
  context: Readonly<Record<string, unknown>>,
  stage: Values,
): string | undefined {
  const constant = /^'(.*)'$/s.exec(from)?.[1]
  if (constant !== undefined) return constant
  const [, place, name = ''] =
    /^(method\.request\.(?:path|querystring|header)|context|stageVariables)\.(.+)$/.exec(from) ?? []
  switch (place) {
    case 'method.request.path':
      return own(call.match?.variables ?? {}, name)
    case 'method.request.querystring':
      return own(queryOf(call), name)
    case 'method.request.header':
      return own(call.headers, name.toLowerCase())
    case 'stageVariables':
      return own(stage, name)
    case 'context':
      return text(name.split('.').reduce<unknown>((at, key) => member(at, key), context))
    default:
      return undefined
  }
}

type Place = 'header' | 'querystring' | 'path'

/** What `requestParameters` say of headers (in lower case), query and path of an integration. */
export function mappedValues(
  call: Call,
  parameters: Values,
  stage: ReadStage['Stage'],
): Readonly<Record<Place, Record<string, string>>> {
  const context = contextOf(call, stage)
  const values: Record<Place, Record<string, string>> = { header: {}, querystring: {}, path: {} }
  for (const [to, from] of Object.entries(parameters)) {
    const [, place, name = ''] = /^integration\.request\.(header|querystring|path)\.(.+)$/.exec(to) ?? []
    const value = requestValue(from, call, context, stage.Variables)
    if (place !== undefined && value !== undefined)
      values[place as Place][place === 'header' ? name.toLowerCase() : name] = value
  }
  return values
}

/** What a mapping of an answer is made from: a constant, or a header of the origin’s answer. */
export function responseValue(from: string, headers: HeaderMap): string | undefined {
  const constant = /^'(.*)'$/s.exec(from)?.[1]
  if (constant !== undefined) return constant
  const name = /^integration\.response\.header\.(.+)$/.exec(from)?.[1]?.toLowerCase()
  const value = name === undefined || !Object.hasOwn(headers, name) ? undefined : headers[name]
  return value === undefined ? undefined : [value].flat().join(', ')
}

function own(values: Values, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined
}

function text(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value)
}
