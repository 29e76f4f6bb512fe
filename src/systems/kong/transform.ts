import type { Representation, Transform } from '../../policy/features/transform/line.ts'
import { luaString } from '../emit/lua.ts'
import { compactLua } from '../lua-core/compact.lua.ts'
import { jsonLua } from '../lua-core/json.lua.ts'
import { xmlLua } from '../lua-core/xml.lua.ts'
import { transformLua } from './assets/transform.lua.ts'
import type { KongCell, RouteAdds } from './native/adds.ts'

export const transform: KongCell<'transform'> = {
  support: {
    level: 'script',
    how: 'post-function runs Lua of one’s own in phases of the request; response-transformer knows JSON only and no nested member. The sandbox that such Lua runs in lets no module in: untrusted_lua_sandbox_requires names the one that is, here with the reader and writers of JSON and XML that NGINX with Lua has. It runs behind the cache, so every hit is transformed again, and the worker serves nobody else meanwhile.',
    docs: 'https://developer.konghq.com/plugins/post-function/',
  },
  adds: {
    route: ({ transform }) => (transform ? routeFor(transform) : {}),
    modules: {
      entry: 'edge.transform',
      sources: {
        'edge.json': jsonLua,
        'edge.xml': xmlLua,
        'edge.compact': compactLua,
        'edge.transform': transformLua,
      },
    },
  },
  fidelity: ({ representations }) => ({
    level: 'approximated',
    how: [
      'post-function: header_filter chooses by Accept, body_filter makes the other representation of the whole text with lua/edge/transform.lua, without reading it into values. What the cache keeps is the origin’s JSON, one entry for all representations.',
      'Broken JSON: the status has been promised by then, so the connection is closed without an answer instead of a 502.',
      representations.some(({ as }) => as === 'xml')
        ? 'Characters that XML does not have (control characters) become U+FFFD.'
        : '',
    ]
      .filter(Boolean)
      .join(' '),
  }),
}

/** They speak of the origin's bytes, which the client never sees. */
const ofTheBytes = ['if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since', 'range', 'if-range']

function routeFor({ representations }: Transform): RouteAdds {
  return {
    withheld: ['accept-encoding', ...ofTheBytes],
    functions: [
      {
        plugin: 'post-function',
        phase: 'header_filter',
        lua: `return require("edge.transform").choosing(${offered(representations)})`,
      },
      { plugin: 'post-function', phase: 'body_filter', lua: 'return require("edge.transform").convert' },
    ],
  }
}

/** A Lua table of media types, in lower case, and what is made for each; the first that Accept names counts. */
function offered(representations: readonly Representation[]): string {
  const each = representations.map(({ accept, as }) => `{ ${luaString(accept.toLowerCase())}, ${luaString(as)} }`)
  return `{ ${each.join(', ')} }`
}
