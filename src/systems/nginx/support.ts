import type { Support } from '../system.ts'

export const support = {
  routes: {
    level: 'native',
    how: 'Prefix locations; the longest wins, whatever their order. nginx’s prefixes do not end at a slash – /a takes /ab – so each becomes two: one for the path itself and one for what is below it.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
  },
  balancing: {
    level: 'native',
    how: 'An upstream block: round robin by itself, least_conn, or weights. To keep connections open it takes three lines that only work together – keepalive, HTTP/1.1, an empty Connection header – and with one missing nothing warns.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_upstream_module.html',
  },
  cache: {
    level: 'native',
    how: 'proxy_cache, on disk, with a lock for concurrent misses and stale answers on error. The key decides whose answer is given: nginx looks neither at Authorization nor at the Host nor at an API key by itself, so that proxy_no_cache and the key must. It cannot remove an entry: what a POST changed is given as it was until its time is over. Times are whole seconds, those who wait for a lock look every half second, and stale answers have no limit in time.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache',
  },
  apiKey: {
    level: 'native',
    how: 'A map from the header to a name, and a 401 where there is none. Plain map entries ignore case, so that a key in the wrong case would pass; anchored regular expressions do not. The keys stand in the configuration as plain text.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_map_module.html',
  },
  rateLimit: {
    level: 'native',
    how: 'limit_req, a leaky bucket in shared memory: burst and nodelay make it admit what a token bucket would. It refuses, but cannot say what is left or when to come back: Retry-After is a constant. It counts after a map and return have refused a bad key, but before auth_request or auth_basic would.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html',
  },
  transform: {
    level: 'none',
    how: 'nginx without scripting has no idea of JSON. sub_filter replaces fixed text, also inside values, and the XSLT module reads XML but cannot write it from JSON. It takes Lua or njs, that is: code.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_sub_module.html',
  },
} as const satisfies Support
