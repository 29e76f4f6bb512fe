/** The transform by Lua: an inner server of whose answers the scripts make another representation. */
import { block, comment, directive, luaBlock } from '../emit/nginx-conf.ts'
import { compactLua } from '../lua-core/compact.lua.ts'
import { jsonLua } from '../lua-core/json.lua.ts'
import { xmlLua } from '../lua-core/xml.lua.ts'
import { transformAdds } from '../nginx-core/cells/transform/inner-servers.ts'
import type { LuaCell } from './adds.ts'
import { transformLua } from './assets/transform.lua.ts'

export const transform: LuaCell<'transform'> = {
  support: {
    level: 'script',
    how: 'Lua reads the origin’s JSON as text and writes XML or compact JSON of it. It does not decode it: the JSON library of nginx’s Lua makes {} of [] and rounds long numbers. The worker serves nobody else meanwhile, so large documents cost everyone.',
    docs: 'https://github.com/openresty/lua-nginx-module#ngxlocationcapture',
  },
  adds: {
    ...transformAdds((proxied, upstream) => [
      block('location', ['/'], [luaBlock('content_by_lua_block', 'require("edge.transform").answer()')]),
      block(
        'location',
        ['=', '/__edge/origin'],
        [
          directive('internal'),
          comment('Large answers stay in memory: they go to Lua as a whole.'),
          directive('proxy_buffers', '64', '16k'),
          ...proxied,
          directive('proxy_pass', `http://${upstream}$request_uri`),
        ],
      ),
    ]),
    modules: { 'edge.json': jsonLua, 'edge.xml': xmlLua, 'edge.compact': compactLua, 'edge.transform': transformLua },
  },
  fidelity: ({ representations }) => {
    const files = [...new Set(representations.map(({ as }) => (as === 'xml' ? 'edge/xml.lua' : 'edge/compact.lua')))]
    const xml = representations.some(({ as }) => as === 'xml')
    return {
      level: 'exact',
      how: [
        `map $http_accept chooses; an inner server fetches the whole answer and edge/transform.lua with ${files.join(' and ')} makes the other of its text, without reading it into values.`,
        'Broken JSON becomes 502.',
        xml ? 'Characters that XML does not have (control characters) become U+FFFD.' : '',
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
}
