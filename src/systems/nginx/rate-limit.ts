import type { NginxCell } from '../nginx-core/adds.ts'
import { limitReqPart } from '../nginx-core/cells/limit-req.ts'

export const rateLimit: NginxCell<'rateLimit'> = {
  support: {
    level: 'native',
    how: 'limit_req, a leaky bucket in shared memory: burst and nodelay make it admit what a token bucket would. It refuses, but cannot say what is left or when to come back: Retry-After is a constant. It counts after a map and return have refused a bad key, but before auth_request or auth_basic would.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html',
  },
  traits: { limiting: 'bucket' },
  ...limitReqPart,
}
