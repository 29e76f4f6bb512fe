import { headerValue } from '../emit/http-header.ts'
import { comment, directive } from '../emit/nginx-conf.ts'
import { keyProblem, keyRefusals, onlyHolders } from '../nginx-core/cells/unauthorized.ts'
import { consumerVariable, headerName } from '../nginx-core/names.ts'
import type { NjsCell } from './adds.ts'
import { keysJs } from './assets/keys.js.ts'
import { callsOf } from './scripts.ts'

export const apiKey: NjsCell<'apiKey'> = {
  support: {
    level: 'script',
    how: 'A function behind a variable (js_set): it looks the key up in an object that nginx read once, at its start, and compares every byte. An if refuses where the variable is empty, which it also is when the script fails: so a mistake locks out and lets nobody in. A map does the same and takes less CPU time; a script could compare hashes, too.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_js_module.html#js_set',
  },
  adds: {
    consumer: ({ apiKey }) => (apiKey.length > 0 ? consumerVariable : undefined),
    http: ({ apiKey }) =>
      apiKey.length > 0 ? [...callsOf('keys', { key_holder: 'holder' }), ...apiKey.map(keyProblem)] : [],
    namedLocations: keyRefusals,
    modules: { keys: keysJs },
    mustHold: ['keys.holder'],
    data: ({ apiKey }) => ({
      keys: apiKey.map(({ header, consumers }) => ({
        header: headerName(header),
        consumers: Object.fromEntries(consumers.map(({ name, key }) => [key, headerValue(name)])),
      })),
    }),
    keyParts: (_, location) => (location.apiKey ? { consumer: consumerVariable } : {}),
    location: ({ apiKey }, { policy }) => {
      if (policy.apiKey.length === 0) return {}
      if (!apiKey) return { admission: [directive('set', consumerVariable, '')] }
      const index = policy.apiKey.indexOf(apiKey)
      return {
        admission: [
          comment('Where the function behind $key_holder looks: its line of policy.json.'),
          directive('set', '$key_line', String(index)),
          ...onlyHolders('$key_holder', index),
        ],
        headers: [[apiKey.header, '']],
      }
    },
  },
  fidelity: ({ header }) => ({
    level: 'exact',
    how: `js_set with edge/keys.js: an own member of the object from key to name, for the whole value of ${header}; if … return 401 where there is none, in the rewrite phase. proxy_set_header passes the name on and takes the key away.`,
  }),
}
