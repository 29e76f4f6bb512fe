import { prefixTakes } from '../../policy/locations.ts'
import type { EdgeLocation } from './config.ts'

export interface RequestPath {
  /** As it goes to the origin: dot segments resolved, percent-encoded. */
  readonly sent: string
  /** As routes are compared with it: decoded, dot segments resolved, slashes merged, like NGINX does. */
  readonly compared: string
}

/** The path of a request target (`/a?b`, `http://host/a`); undefined where its percent-encoding is broken. */
export function requestPath(target: string): RequestPath | undefined {
  const url = URL.parse(target.startsWith('/') ? `http://edge${target}` : target)
  if (!url) return undefined
  try {
    // Encoded dots and slashes count as what they mean: `/a%2f..%2fb` must not get past a line for `/b`.
    const decoded = decodeURIComponent(url.pathname)
    return {
      sent: url.pathname,
      compared: decoded.includes('/.') || decoded.includes('//') ? resolved(decoded) : decoded,
    }
  } catch {
    return undefined
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
