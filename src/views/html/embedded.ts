/** What a page carries inside its script elements, so that nothing in it can end them. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { escapeControl } from '../escape-control.ts'

// What could end the element or begin another, what old parsers take for a line's end, and what hides or reorders source.
const unsafeInScript = /[<>&\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** JSON for a `<script type="application/json">`; parsed, it is the same data. */
export function embeddedJson(data: unknown): string {
  const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(data).replace(unsafeInScript, escaped)
}

/** JSON as Base64 of its gzip: a record is up to ten times larger than what else is on the page. */
export function packed(data: unknown): string {
  return gzipSync(JSON.stringify(data), { level: 9 }).toString('base64')
}

/** The browser build of Chart.js as text. Throws where the package is damaged. */
export async function chartLibrary(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('chart.js')
  const text = await readFile(join(dirname(entry), 'chart.umd.min.js'), 'utf8')
  if (/<\/script|<!--/i.test(text)) throw new Error('chart.js cannot stand inside a script element')
  return text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '')
}

/** Every string and key of a value with control characters spelled out: what a page may show. */
export function shownDeeply<Value>(value: Value): Value {
  if (typeof value === 'string') return escapeControl(value) as Value
  if (Array.isArray(value)) return value.map(shownDeeply) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [escapeControl(key), shownDeeply(each)]),
  ) as Value
}
