/** Headers as a plain record, names in lower case, and which of them end at a hop. */
import type { Dispatcher } from 'undici'

export type Headers = Record<string, string>

/** RFC 9110 §7.6.1 and what Connection names. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

export function headersOf(headers: Dispatcher.DispatchOptions['headers']): Headers {
  const entries = Object.entries((headers ?? {}) as Record<string, string | string[] | undefined>)
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      value === undefined
        ? []
        : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)] as const],
    ),
  )
}

/** Without what belongs to one connection only. */
export function endToEnd(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | string[]> {
  const named = String(headers['connection'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  const kept: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !hopByHop.has(name) && !named.includes(name)) kept[name] = value
  }
  return kept
}
