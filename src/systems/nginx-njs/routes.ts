import type { NginxCell } from '../nginx-core/adds.ts'
import { routingPart } from '../nginx-core/cells/routing.ts'

export const routes: NginxCell<'routes'> = {
  support: {
    level: 'native',
    how: 'Prefix locations, as in plain nginx: the longest wins. No script takes part in finding them, and those that need none cost what they cost there.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
  },
  ...routingPart,
}
