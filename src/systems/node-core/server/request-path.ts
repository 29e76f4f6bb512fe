import { unescape as decoded } from 'node:querystring'
import { prefixTakes } from '../../../policy/paths/prefix.ts'
import type { EdgeLocation } from '../config.ts'

export interface RequestPath {
  /** As it goes to the origin: dot segments resolved, percent-encoded, with the query as the client wrote it. */
  readonly sent: string
  /** As routes are compared with it: decoded, dot segments resolved, slashes merged, like NGINX does. */
  readonly compared: string
  /** The host that a target in absolute form names (`http://host/a`): it counts, and not Host (RFC 9112 §3.2.2). */
  readonly authority: string | undefined
}

/** The path of a request target (`/a?b`, `http://host/a`); undefined where the target has no path or is malformed. */
export function requestPath(target: string): RequestPath | undefined {
  // Node's parser lets printable ASCII pass and nothing else. A fragment is no part of a target (RFC 9112 §3.2), and two hex digits belong to each percent sign.
  if (target.includes('#') || /%(?![0-9a-f]{2})/i.test(target.replace(/\?.*/s, ''))) return undefined
  const absolute = /^http:\/\/([^/?]*)/i.exec(target)
  const origin = absolute ? target.slice(absolute[0].length) : target
  if (!absolute && !origin.startsWith('/')) return undefined
  const query = origin.indexOf('?')
  const url = URL.parse(`http://edge${query === -1 ? origin : origin.slice(0, query)}`)
  if (!url) return undefined
  // Encoded dots and slashes count as what they mean: `/a%2f..%2fb` must not get past a line for `/b`. Bytes that are
  // not UTF-8 are in no line's path, so that it does not matter as what they are read here.
  const path = decoded(url.pathname)
  return {
    sent: url.pathname + (query === -1 ? '' : origin.slice(query)),
    compared: path.includes('/.') || path.includes('//') ? resolved(path) : path,
    authority: absolute?.[1],
  }
}

function resolved(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  return `/${kept.join('/')}${path.endsWith('/') && kept.length > 0 ? '/' : ''}`
}

/** The first location that takes the path; they come longest first. */
export function findLocation<Location extends Pick<EdgeLocation, 'path'>>(
  locations: readonly Location[],
  { compared }: RequestPath,
): Location | undefined {
  return locations.find(({ path }) => prefixTakes(path, compared))
}
