import type { OriginRoute } from '../scenario/scenario.ts'
import { segmentsTake } from '../scenario/served.ts'

/**
 * The first route whose pattern takes a path: `{…}` takes one segment that is not empty, everything else is literal.
 * Segments are compared percent-decoded, so that quotes and braces match however a proxy wrote them.
 */
export function routeFinder(routes: readonly OriginRoute[]): (path: string) => OriginRoute | undefined {
  const patterns = routes.map((route) => ({ route, segments: route.path.split('/') }))
  return (path) => {
    const segments = path.split('/').map(decoded)
    return patterns.find((pattern) => segmentsTake(pattern.segments, segments))?.route
  }
}

function decoded(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
