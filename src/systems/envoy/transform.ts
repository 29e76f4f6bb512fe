/** By Lua on the origin's side, so that a cache keeps the finished answer. */
import type { Representation } from '../../policy/features/transform/line.ts'
import { compactLua } from '../lua-core/compact.lua.ts'
import { jsonLua } from '../lua-core/json.lua.ts'
import { xmlLua } from '../lua-core/xml.lua.ts'
import type { NativeFile } from '../system.ts'
import type { EnvoyCell, Way } from './bootstrap/adds.ts'
import { transformLua } from './bootstrap/assets/transform.lua.ts'
import { typed } from './bootstrap/extension.ts'
import { append } from './bootstrap/header-mutation.ts'
import { luaFilter, type Script } from './bootstrap/lua-filter.ts'
import { headerMatch } from './bootstrap/matching.ts'

export const transform: EnvoyCell<'transform'> = {
  support: {
    level: 'script',
    how: 'The Lua filter, with the reader and writers of JSON and XML that NGINX with Lua has. Envoy has a filter of its own that picks fields of JSON into a template, but it cannot go through lists, escapes nothing and rounds long numbers. A body is held in memory until it is complete, up to 16 MB here, and the thread serves nobody else while the script works.',
    docs: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/lua_filter',
  },
  adds: {
    filters: ({ transform }, site) =>
      transform.length > 0 ? [{ place: 'origin', filter: luaFilter(script, site), files: scripts }] : [],
    ways: (_, { transform }) => (transform ? waysOf(transform.representations) : []),
    location: ({ transform }) =>
      transform ? { headers: { response: [append('vary', 'Accept')] }, withheld: ['accept-encoding'] } : {},
  },
  fidelity: ({ representations }) => ({
    level: 'exact',
    how: [
      'A route for each representation, by regular expressions over Accept; on it the Lua filter reads the whole answer and lua/transform.lua makes the other of its text, without reading it into values. Broken JSON becomes 502.',
      representations.some(({ as }) => as === 'xml')
        ? 'Characters that XML does not have (control characters) become U+FFFD.'
        : '',
    ]
      .filter(Boolean)
      .join(' '),
  }),
}

const script: Script = { name: 'edge.transform', path: 'lua/transform.lua' }

const scripts: readonly NativeFile[] = [
  { path: 'lua/edge/json.lua', language: 'lua', text: jsonLua },
  { path: 'lua/edge/xml.lua', language: 'lua', text: xmlLua },
  { path: 'lua/edge/compact.lua', language: 'lua', text: compactLua },
  { path: script.path, language: 'lua', text: transformLua },
]

/** One for each representation, and the last for who wants the origin's own document. */
function waysOf(representations: readonly Representation[]): readonly Way[] {
  return [
    ...representations.map(({ accept, as }) => ({
      headers: wanting(accept),
      representation: as,
      filters: {
        [script.name]: typed('envoy.extensions.filters.http.lua.v3.LuaPerRoute', {
          filter_context: { representation: as },
        }),
      },
      // Conditions and ranges are about the origin's bytes, which the client never sees.
      withheld: ['if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since', 'range', 'if-range'],
      fields: { request_body_buffer_limit: 16 * 1024 * 1024 },
    })),
    { headers: [], representation: 'plain', filters: {}, withheld: [] },
  ]
}

/** A media type that Accept names, in any case, unless with q=0. (RE2 has no look-ahead: so it is two matchers.) */
function wanting(mediaType: string): Way['headers'] {
  const type = mediaType.replaceAll(/[^A-Za-z0-9/-]/g, '\\$&')
  const refused = `${type}\\s*(?:;[^,]*)?;\\s*q=0(?:\\.0*)?`
  return [
    headerMatch('accept', inList(`${type}\\s*(?:;[^,]*)?`)),
    headerMatch('accept', inList(`${refused}\\s*(?:;[^,]*)?`), true),
  ]
}

function inList(item: string): string {
  return `(?i)(?:.*,)?\\s*${item}(?:,.*)?`
}
