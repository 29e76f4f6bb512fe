import type { NginxCell } from '../nginx-core/adds.ts'

export const quota: NginxCell<'quota'> = {
  support: {
    level: 'none',
    how: 'limit_req holds a rate by the second or the minute and keeps no totals: nothing in NGINX knows what a client asked for since the first of the month.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html',
  },
}
