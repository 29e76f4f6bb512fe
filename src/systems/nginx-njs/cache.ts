import type { NginxCell } from '../nginx-core/adds.ts'
import { cacheAdds } from '../nginx-core/cells/cache/cache.ts'
import { cacheFidelity } from '../nginx-core/cells/cache/fidelity.ts'

export const cache: NginxCell<'cache'> = {
  support: {
    level: 'native',
    how: 'proxy_cache, as in plain nginx, with its whole seconds and no way to remove an entry. Filters in JavaScript work on what comes out of it, and would on every hit: so the transform runs in an inner server, and the cache in front of it keeps the finished answer, one for each representation.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache',
  },
  traits: { coalescing: 'polls' },
  adds: cacheAdds,
  fidelity: cacheFidelity,
}
