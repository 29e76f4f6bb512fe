import type { NjsCell } from './adds.ts'

export const quota: NjsCell<'quota'> = {
  support: {
    level: 'none',
    byChoice: true,
    how: 'Left out: a counter in a shared dictionary would be a few lines, and one that is to outlive a restart goes to a file (state=, since njs 0.9.1); several machines would want a store that they share.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_js_module.html#js_shared_dict_zone',
  },
}
