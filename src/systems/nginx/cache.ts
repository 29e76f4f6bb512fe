import type { NginxCell } from '../nginx-core/adds.ts'
import { cacheAdds } from '../nginx-core/cells/cache/cache.ts'
import { cacheFidelity } from '../nginx-core/cells/cache/fidelity.ts'

export const cache: NginxCell<'cache'> = {
  support: {
    level: 'native',
    how: 'proxy_cache, on disk, with a lock for concurrent misses and stale answers on error. The key decides whose answer is given: nginx looks neither at Authorization nor at the Host nor at an API key by itself, so that proxy_no_cache and the key must. It cannot remove an entry: what a POST changed is given as it was until its time is over. Times are whole seconds, those who wait for a lock look every half second, and stale answers have no limit in time.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache',
  },
  traits: { coalescing: 'polls' },
  adds: cacheAdds,
  fidelity: cacheFidelity,
}
