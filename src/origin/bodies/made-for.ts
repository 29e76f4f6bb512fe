/** What of a request a document is made for, beside its path and its consumer. */
import type { IncomingHttpHeaders } from 'node:http'
import type { DocumentPart, OriginRoute } from '../../scenario/scenario.ts'

export interface MadeFor {
  /** By what the route says its document depends on: `{ query: 'currency=usd' }`. What the request does not have is left out. */
  readonly parts: Readonly<Partial<Record<DocumentPart, string>>>
  /** Without white space between its tokens. */
  readonly isCompact: boolean
}

export const anybody: MadeFor = { parts: {}, isCompact: false }

/** `query` is what follows the question mark. */
export function madeFor({ by, compactFor }: OriginRoute, query: string, headers: IncomingHttpHeaders): MadeFor {
  if (!by && compactFor === undefined) return anybody
  const parts = (by ?? [])
    .map((part) => [part, part === 'query' ? query : String(headers[part] ?? '')] as const)
    .filter(([, value]) => value !== '')
  return { parts: Object.fromEntries(parts), isCompact: compactFor !== undefined && names(headers.accept, compactFor) }
}

/** Whether an Accept header names a media type, whatever it prefers. */
function names(accept: string | undefined, type: string): boolean {
  const ranges = (accept ?? '').split(',').map((range) => range.split(';')[0]!.trim().toLowerCase())
  return ranges.includes(type.toLowerCase())
}
