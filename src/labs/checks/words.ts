/** Requests, expectations and conditions in words, for those who read a verdict. */
import type { Answer } from '../../http/answer.ts'
import { headerOf } from '../../http/headers.ts'
import type { Request } from '../../http/request.ts'
import type { Name } from '../../policy/policy.ts'
import { formatNumber } from '../../units.ts'
import type { Bounds, Expected } from '../file/check.ts'
import type { Condition, Operand } from '../file/condition.ts'
import type { RequestLine } from '../file/request-line.ts'
import type { Facts } from '../progress/facts.ts'

/** `GET /products/7 as web, 3 times at once, through nginx` */
export function requestWords(lines: readonly RequestLine[], label: string): string {
  const each = lines.map((line) => {
    const { times, together, afterMs } = line
    const own = line.headers.map(([name, value]) => `with ${name}: ${value}`)
    const elsewhere = line.from === undefined ? [] : [`from the client’s address no. ${line.from}`]
    const often = times > 1 ? [`${times} times${together ? ' at once' : ''}`] : []
    const wait = afterMs > 0 ? `after ${formatNumber(afterMs)} ms ` : ''
    return [`${wait}${lineWords(line)}`, ...own, ...elsewhere, ...often].join(', ')
  })
  return `${each.join('; then ')}, through ${label}`
}

/** `GET /products/7 as web`, and the beginning of its body where it has one. */
export function lineWords({ method, path, client, body }: Request & { readonly client: Name }): string {
  const content = body === undefined ? '' : ` with the body ${valueWords(body)}`
  return `${method} ${path} as ${client}${content}`
}

export function boundsWords({ least, most }: Bounds): string {
  if (least === most) return formatNumber(least)
  if (most === Number.POSITIVE_INFINITY) return `at least ${formatNumber(least)}`
  return least === 0 ? `at most ${formatNumber(most)}` : `${formatNumber(least)} to ${formatNumber(most)}`
}

/** `1 request`, `3 requests` */
export function counted(count: number | string, thing: string): string {
  return `${count} ${thing}${String(count) === '1' ? '' : 's'}`
}

export function isWithin(count: number, { least, most }: Bounds): boolean {
  return count >= least && count <= most
}

/** What is known of a request beside its answer. */
export interface Asked {
  /** The address it was sent from. */
  readonly from: string
  /** What it had itself of that which is judged: this header, the body. */
  readonly sent: string | undefined
}

/** Of a header by its name; without one, of the body. */
export function askedBy({ headers, body }: RequestLine, from: string): (header?: string) => Asked {
  return (header) => ({ from, sent: header === undefined ? body : headerOf(headers, header) })
}

export function expectedWords(expected: Expected, { from, sent }: Asked): string {
  switch (expected.kind) {
    case 'present':
      return 'is there'
    case 'absent':
      return 'is not there'
    case 'equals':
      return `is “${expected.text}”`
    case 'contains':
      return `contains “${expected.text}”`
    case 'lacks':
      return `does not contain “${expected.text}”`
    case 'client-address':
      return `is the client’s address, ${from}`
    case 'as-sent':
      return sent === undefined ? 'is not there, as in the request' : `is ${valueWords(sent)}, as in the request`
  }
}

/** Whether a header's or body's value is as expected; `undefined` is a header that did not come. */
export function fits(expected: Expected, value: string | undefined, { from, sent }: Asked): boolean {
  switch (expected.kind) {
    case 'present':
      return value !== undefined
    case 'absent':
      return value === undefined
    case 'equals':
      return value === expected.text
    case 'contains':
      return value?.includes(expected.text) ?? false
    case 'lacks':
      return !value?.includes(expected.text)
    case 'client-address':
      return value !== undefined && nearestAddress(value) === from
    case 'as-sent':
      return value === sent
  }
}

/** Every proxy adds the address that it saw at the end of the list; `Forwarded` writes it as `for=` (RFC 7239). */
function nearestAddress(value: string): string {
  const last = value.split(',').at(-1)!.trim()
  const named = /(?:^|;)\s*for="?(\[[^\]]*\]|[^;",]*)/i.exec(last)?.[1] ?? last
  return named.replace(/^\[|\]$/g, '').trim()
}

/** On one line, and cut. */
export function valueWords(value: string | undefined): string {
  if (value === undefined) return 'not there'
  const line = value.replace(/\s+/g, ' ').trim()
  return `“${line.length > 120 ? `${line.slice(0, 120)}…` : line}”`
}

/** `2 × 200, 1 × 429`; `no answer` for 0. */
export function statusWords(answers: readonly Answer[]): string {
  const groups = Map.groupBy(answers, ({ status }) => status)
  const all = [...groups].map(([status, group]) => `${group.length} × ${statusWord(status)}`)
  return all.join(', ') || 'nothing'
}

export function statusWord(status: number): string {
  return status === 0 ? 'no answer' : String(status)
}

export function conditionWords(condition: Condition): string {
  if ('all' in condition) return condition.all.map(conditionWords).join(' and ')
  if ('any' in condition) return `(${condition.any.map(conditionWords).join(' or ')})`
  if ('not' in condition) return `not (${conditionWords(condition.not)})`
  const { fact, is, than } = condition
  return than === undefined ? `${fact} is ${is}` : `${fact} ${is} ${operandWords(than)}`
}

function operandWords(than: Operand): string {
  if (typeof than !== 'object') return String(than)
  return than.times === 1 ? than.fact : `${than.times} × ${than.fact}`
}

/** Every fact of a condition with its value: `proxy.origin.requests is 3`. Long ones are cut. */
export function factWords(condition: Condition, facts: Facts): string {
  return [...new Set(factsIn(condition))].map((fact) => `${fact} is ${shown(facts(fact))}`).join('; ')
}

function factsIn(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(factsIn)
  if ('any' in condition) return condition.any.flatMap(factsIn)
  if ('not' in condition) return factsIn(condition.not)
  return typeof condition.than === 'object' ? [condition.fact, condition.than.fact] : [condition.fact]
}

function shown(value: unknown): string {
  if (value === undefined) return 'not known'
  if (typeof value === 'number') return formatNumber(value)
  return value === null ? 'not there' : valueWords(typeof value === 'string' ? value : JSON.stringify(value))
}
