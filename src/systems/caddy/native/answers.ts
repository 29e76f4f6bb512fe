/** Answers of the edge itself, as JSON. */
import type { Module } from './adds.ts'
import { literal } from './placeholders.ts'

/** `status` may be a placeholder; in `body` braces of placeholders stand as they are, see `literal`. */
export function answer(status: number | string, body: string, headers: Readonly<Record<string, string>> = {}): Module {
  const all = Object.entries({ 'Content-Type': 'application/json', ...headers })
  return {
    handler: 'static_response',
    status_code: status,
    headers: Object.fromEntries(all.map(([name, value]) => [name, [value]])),
    body,
  }
}

/** `{"error":"not_found"}` */
export function errorBody(error: string): string {
  return literal(JSON.stringify({ error }))
}
