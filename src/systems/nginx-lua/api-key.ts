import { headerValue } from '../emit/http-header.ts'
import { consumerVariable, headerVariable } from '../nginx-core/names.ts'
import type { LuaCell } from './adds.ts'
import { keysLua } from './assets/keys.lua.ts'

export const apiKey: LuaCell<'apiKey'> = {
  support: {
    level: 'script',
    how: 'A table from key to consumer, looked up in the access phase. Lua compares case and all, could compare hashes or ask a service, and says itself what the refused client is told.',
    docs: 'https://github.com/openresty/lua-nginx-module#access_by_lua_block',
  },
  adds: {
    consumer: ({ apiKey }) => (apiKey.length > 0 ? consumerVariable : undefined),
    access: (policy, { apiKey }) => apiKey && `require("edge.keys").check(${policy.apiKey.indexOf(apiKey) + 1})`,
    modules: { 'edge.keys': keysLua },
    data: ({ apiKey }) => ({
      keys: apiKey.map(({ header, consumers }) => ({
        variable: headerVariable(header).slice(1),
        consumers: Object.fromEntries(consumers.map(({ name, key }) => [key, headerValue(name)])),
      })),
    }),
    keyParts: (_, location) => (location.apiKey ? { consumer: consumerVariable } : {}),
    location: ({ apiKey }) => ({ headers: apiKey ? [[apiKey.header, '']] : [] }),
  },
  fidelity: () => ({
    level: 'exact',
    how: 'access_by_lua_block with edge/keys.lua: a table from key to name, compared byte by byte. proxy_set_header passes the name on and takes the key away.',
  }),
}
