import type { NginxCell } from '../nginx-core/adds.ts'
import { balancingPart } from '../nginx-core/cells/balancing.ts'

export const balancing: NginxCell<'balancing'> = {
  support: {
    level: 'native',
    how: 'An upstream block, as in plain nginx: round robin by itself, least_conn, or weights. Lua could choose the instance itself (balancer_by_lua), but nothing here needs it to.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_upstream_module.html',
  },
  ...balancingPart,
}
