/** What a page carries inside its script elements, so that nothing in it can end them. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { escapeControl } from '../hostile.ts'

/** JSON for a `<script type="application/json">`: no `<`, and no line separator that older parsers stumble over. */
export function embeddedJson(data: unknown): string {
  return JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
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
