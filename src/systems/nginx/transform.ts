import type { NginxCell } from '../nginx-core/adds.ts'

export const transform: NginxCell<'transform'> = {
  support: {
    level: 'none',
    how: 'nginx without scripting has no idea of JSON. sub_filter replaces fixed text, also inside values, and the XSLT module reads XML but cannot write it from JSON. It takes Lua or njs, that is: code.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_sub_module.html',
  },
}
