/** From path prefixes on segment borders to nginx locations. */
import type { Location } from '../../../policy/locations.ts'
import { prefixTakes } from '../../../policy/paths/prefix.ts'
import { block, type ConfNode, directive, verbatim, writeNginxConf } from '../../emit/nginx-conf.ts'
import type { NativeFile } from '../../system.ts'

export interface LocationBlocks {
  /** Content of the server block. */
  readonly nodes: readonly ConfNode[]
  readonly files: readonly NativeFile[]
}

/**
 * nginx's prefixes know no segments: `location /a` takes /ab too. So a prefix /a is two locations, `= /a` and `/a/`,
 * and what is in both stands in a file that both include. No regular expressions: the longest prefix wins by itself.
 */
export function locationBlocks(
  all: readonly Location[],
  content: (location: Location) => readonly ConfNode[],
): LocationBlocks {
  const prefixes = new Map<string, Location>()
  for (const location of all) {
    const prefix = asMatched(location.path)
    if (!prefixes.has(prefix)) prefixes.set(prefix, location)
  }
  const found = [...prefixes].map(([prefix, location], index) => blocksOf(prefix, location, index, content, prefixes))
  return {
    nodes: [
      ...found.flatMap(({ nodes }) => nodes),
      ...(prefixes.has('/') ? [] : [block('location', ['/'], [directive('return', '404', '{"error":"not_found"}')])]),
    ],
    files: found.flatMap(({ files }) => files),
  }
}

function blocksOf(
  prefix: string,
  location: Location,
  index: number,
  content: (location: Location) => readonly ConfNode[],
  prefixes: ReadonlyMap<string, Location>,
): LocationBlocks {
  if (prefix === '/') return { nodes: [block('location', ['/'], content(location))], files: [] }
  const path = `locations/${fileName(prefix, index)}`
  // Relative to the folder of nginx.conf.
  const inside = [directive('include', path)]
  const file: NativeFile = { path, language: 'nginx', text: writeNginxConf(content(location)) }
  if (!prefix.endsWith('/'))
    return {
      nodes: [block('location', ['=', verbatim(prefix)], inside), block('location', [verbatim(`${prefix}/`)], inside)],
      files: [file],
    }
  // Left to itself nginx answers /a with a redirect to /a/ where only the latter is proxied.
  const bare = prefix.slice(0, -1)
  const taker = [...prefixes].find(([other]) => other !== prefix && prefixTakes(other, bare))
  return {
    nodes: [
      block('location', [verbatim(prefix)], inside),
      ...(prefixes.has(bare)
        ? []
        : [
            block(
              'location',
              ['=', verbatim(bare)],
              taker ? content(taker[1]) : [directive('return', '404', '{"error":"not_found"}')],
            ),
          ]),
    ],
    files: [file],
  }
}

/** nginx compares prefixes with the path after decoding it and merging its slashes: so the prefix is read alike. */
function asMatched(path: string): string {
  let decoded = path
  try {
    decoded = decodeURIComponent(path)
  } catch {
    // Not UTF-8 or not an escape: nothing that could stand in a configuration file. Taken as it is, it takes nothing.
  }
  return decoded.replaceAll(/\/{2,}/g, '/')
}

function fileName(prefix: string, index: number): string {
  const readable = prefix.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')
  return `${index + 1}-${readable || 'path'}.conf`
}
