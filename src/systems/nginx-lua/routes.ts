import type { NginxCell } from '../nginx-core/adds.ts'
import { routingPart } from '../nginx-core/cells/routing.ts'

export const routes: NginxCell<'routes'> = {
  support: {
    level: 'native',
    how: 'Prefix locations, as in plain nginx: the longest wins. nginx’s prefixes do not end at a slash – /a takes /ab – so each becomes two.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
  },
  ...routingPart,
}
