/** One JSON object a line, by whatever names. */
import type { Recorded } from '../../recorded.ts'
import { type Dialect, dialects, type FieldName, withFields } from './json-dialects.ts'
import { type LineReader, noRequestLine, notThisFormat, readRequestLine, statusOf } from './reading.ts'
import { type Clock, openClock, sinceEpoch } from './times.ts'

type Entry = Readonly<Record<string, unknown>>

/** Which dialect a log has is known from its first object that says when, what and with which status. */
export function jsonReader(fields: ReadonlyMap<FieldName, string>): LineReader {
  const clock = openClock()
  const known = dialects.map((dialect) => withFields(dialect, fields))
  let spoken: Dialect | undefined
  return (line, into) => {
    const start = line.indexOf('{')
    const entry = start < 0 ? undefined : parsed(line.slice(start))
    if (!entry) return notThisFormat
    spoken ??= known.find((dialect) => speaks(dialect, entry))
    if (!spoken) return 'a JSON object without a time, a method and path, or a status; name the keys with --field'
    return read(spoken, entry, clock, into)
  }
}

function parsed(text: string): Entry | undefined {
  for (const attempt of [text, text.replace(/\\x([0-9a-fA-F]{2})/g, '\\u00$1')]) {
    try {
      const value: unknown = JSON.parse(attempt)
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entry) : undefined
    } catch {
      // NGINX’s log_format without escape=json writes \x22, which JSON does not know.
      if (!text.includes('\\x')) return undefined
    }
  }
  return undefined
}

function speaks(dialect: Dialect, entry: Entry): boolean {
  const has = (names: readonly string[]): boolean => names.some((name) => valueAlong(entry, name) !== undefined)
  return (
    has(dialect.time) && has(dialect.status) && (has(dialect.request) || (has(dialect.method) && has(dialect.target)))
  )
}

function read(dialect: Dialect, entry: Entry, clock: Clock, into: Recorded): string | undefined {
  const time = first(entry, dialect.time)
  into.atMs = typeof time === 'number' ? sinceEpoch(time) : clock(String(time))
  if (Number.isNaN(into.atMs)) return notThisFormat
  into.status = statusOf(numberOf(first(entry, dialect.status)))
  into.bytes = numberOf(first(entry, dialect.bytes))
  into.sentBytes = numberOf(first(entry, dialect.sentBytes))
  into.userAgent = textOf(first(entry, dialect.userAgent))
  into.tookMs = tookOf(dialect, entry)
  const line = textOf(first(entry, dialect.request))
  if (line !== '') return readRequestLine(line, into) ? undefined : noRequestLine
  const target = textOf(first(entry, dialect.target))
  const query = target.includes('?') ? '' : textOf(first(entry, dialect.query))
  into.method = textOf(first(entry, dialect.method)).toUpperCase()
  into.target = query === '' ? target : `${target}?${query}`
  return into.method === '' || target === '' ? noRequestLine : undefined
}

function tookOf(dialect: Dialect, entry: Entry): number {
  for (const [name, unitMs] of dialect.took) {
    // NGINX lists one time for each origin that was asked; Google writes 0.012s.
    const value = valueAlong(entry, name)
    const number = typeof value === 'number' ? value : Number.parseFloat(textOf(value))
    if (number >= 0) return number * unitMs
  }
  return -1
}

function first(entry: Entry, names: readonly string[]): unknown {
  for (const name of names) {
    const value = valueAlong(entry, name)
    if (value !== undefined && value !== null && value !== '' && value !== '-') return value
  }
  return undefined
}

/** By the name as it is, then along its dots. */
function valueAlong(entry: Entry, name: string): unknown {
  if (Object.hasOwn(entry, name) || !name.includes('.')) return Object.hasOwn(entry, name) ? entry[name] : undefined
  let value: unknown = entry
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Entry)[part]
  }
  return value
}

/** Caddy writes headers as lists. */
function textOf(value: unknown): string {
  const one: unknown = Array.isArray(value) ? value[0] : value
  return typeof one === 'string' || typeof one === 'number' ? String(one) : ''
}

function numberOf(value: unknown): number {
  const number = typeof value === 'number' ? value : /^\d+$/.test(textOf(value)) ? Number(value) : -1
  return Number.isFinite(number) ? number : -1
}
