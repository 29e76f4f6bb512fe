import type { NginxCell } from '../nginx-core/adds.ts'
import { routingPart } from '../nginx-core/cells/routing.ts'

export const routes: NginxCell<'routes'> = {
  support: {
    level: 'native',
    how: 'Prefix locations; the longest wins, whatever their order. nginx’s prefixes do not end at a slash – /a takes /ab – so each becomes two: one for the path itself and one for what is below it.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
  },
  ...routingPart,
}
