import type { NginxCell } from '../nginx-core/adds.ts'
import { balancingPart } from '../nginx-core/cells/balancing.ts'

export const balancing: NginxCell<'balancing'> = {
  support: {
    level: 'native',
    how: 'An upstream block: round robin by itself, least_conn, or weights. To keep connections open it takes three lines that only work together – keepalive, HTTP/1.1, an empty Connection header – and with one missing nothing warns.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_upstream_module.html',
  },
  ...balancingPart,
}
