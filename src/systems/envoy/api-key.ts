import { consumerHeader } from '../../policy/policy.ts'
import { headerValue } from '../emit/http-header.ts'
import type { EnvoyCell } from './bootstrap/adds.ts'
import { extension, numbered, switchedOn } from './bootstrap/extension.ts'

export const apiKey: EnvoyCell<'apiKey'> = {
  support: {
    level: 'native',
    how: 'The filter api_key_auth: a list of keys, each with the name of its client, which goes on to limits and origins as a header. The keys stand in the configuration as plain text. Its makers mark it as work in progress: its configuration may still change, and it is not covered by Envoy’s security policy.',
    docs: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/api_key_auth_filter',
  },
  adds: {
    filters: ({ apiKey }) =>
      apiKey.map(({ header, consumers }, index) => ({
        place: 'keys',
        filter: extension(filterName(index), 'envoy.extensions.filters.http.api_key_auth.v3.ApiKeyAuth', {
          credentials: consumers.map(({ name, key }) => ({ key: compared(key), client: headerValue(name) })),
          key_sources: [{ header }],
          forwarding: { header: consumerHeader, hide_credentials: true },
        }),
      })),
    refusals: ({ apiKey }) =>
      apiKey.length === 0
        ? []
        : [
            {
              status: 401,
              headers: { 'www-authenticate': 'ApiKey realm="edge"' },
              body: { error: 'unauthorized', reason: '%RESPONSE_CODE_DETAILS%' },
            },
          ],
    location: ({ apiKey }, { policy }) =>
      apiKey ? { edge: { [filterName(policy.apiKey.indexOf(apiKey))]: switchedOn } } : {},
  },
  fidelity: ({ header }) => ({
    level: 'approximated',
    how: `api_key_auth compares ${header} byte by byte, sets ${consumerHeader} and takes the key away; local_reply_config makes JSON of its 401. “Bearer ” in front of what was sent is taken off before it compares, in any header: so a key passes with it and without.`,
  }),
}

/** Of a key that begins so itself the filter compares the rest. */
function compared(key: string): string {
  return key.replace(/^Bearer /, '')
}

function filterName(index: number): string {
  return numbered('edge.keys', index)
}
