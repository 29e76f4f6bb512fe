import type { Support } from '../system.ts'

export const support = {
  routes: {
    level: 'native',
    how: 'Prefix locations, as in plain nginx: the longest wins. nginx’s prefixes do not end at a slash – /a takes /ab – so each becomes two.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
  },
  balancing: {
    level: 'native',
    how: 'An upstream block, as in plain nginx: round robin by itself, least_conn, or weights. Lua could choose the instance itself (balancer_by_lua), but nothing here needs it to.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_upstream_module.html',
  },
  cache: {
    level: 'native',
    how: 'proxy_cache, as in plain nginx, with its whole seconds and no way to remove an entry. It keeps what the origin’s side says, before filters: so the transform runs in an inner server, and the cache in front of it keeps the finished answer, one for each representation.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache',
  },
  apiKey: {
    level: 'script',
    how: 'A table from key to consumer, looked up in the access phase. Lua compares case and all, could compare hashes or ask a service, and says itself what the refused client is told.',
    docs: 'https://github.com/openresty/lua-nginx-module#access_by_lua_block',
  },
  rateLimit: {
    level: 'script',
    how: 'A token bucket in a shared dictionary, taken from after the key check in the same phase: so it counts verified consumers only, and can tell what is left and when to come back. The price is that reading and writing it are two steps: exact with one worker, a little generous with several.',
    docs: 'https://github.com/openresty/lua-nginx-module#ngxshareddict',
  },
  transform: {
    level: 'script',
    how: 'Lua reads the origin’s JSON as text and writes XML or compact JSON of it. It does not decode it: the JSON library of nginx’s Lua makes {} of [] and rounds long numbers. The worker serves nobody else meanwhile, so large documents cost everyone.',
    docs: 'https://github.com/openresty/lua-nginx-module#ngxlocationcapture',
  },
} as const satisfies Support
