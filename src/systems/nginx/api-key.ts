/** API keys by map: who holds the key that was sent, and what is said to those who have none. */
import type { Location } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import { headerValue } from '../emit/http-header.ts'
import { blank, block, type ConfNode, comment, directive, literal } from '../emit/nginx-conf.ts'
import type { NginxCell } from '../nginx-core/adds.ts'
import { keyProblem, keyRefusals, onlyHolders } from '../nginx-core/cells/unauthorized.ts'
import { consumerVariable, exactly, headerVariable, numbered } from '../nginx-core/names.ts'

export const apiKey: NginxCell<'apiKey'> = {
  support: {
    level: 'native',
    how: 'A map from the header to a name, and a 401 where there is none. Plain map entries ignore case, so that a key in the wrong case would pass; anchored regular expressions do not. The keys stand in the configuration as plain text.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_map_module.html',
  },
  adds: {
    consumer: ({ apiKey }) => (apiKey.length > 0 ? consumerVariable : undefined),
    http: keyMaps,
    namedLocations: keyRefusals,
    keyParts: (_, location) => (location.apiKey ? { consumer: consumerVariable } : {}),
    location: (location, { policy }) => ({
      admission: keyCheck(policy, location),
      headers: location.apiKey ? [[location.apiKey.header, '']] : [],
    }),
  },
  fidelity: ({ header }) => ({
    level: 'exact',
    how:
      `map ${headerVariable(header)} with one anchored, case-sensitive regular expression per key, and if … return 401 ` +
      'in the rewrite phase, before anything is counted. proxy_set_header passes the name on and takes the key away.',
  }),
}

/** Maps of the http block, two for each apiKey line. */
function keyMaps(policy: Policy): readonly ConfNode[] {
  return policy.apiKey.flatMap((line, index) => [
    ...(index === 0
      ? [
          comment(
            'Whose key is it? As anchored regular expressions: plain map entries ignore case, and a key in the wrong',
          ),
          comment('case would pass. Every byte that could mean something is written as \\xHH.'),
        ]
      : []),
    block(
      'map',
      [headerVariable(line.header), `$${numbered('key_holder', index)}`],
      [
        directive('default', ''),
        ...line.consumers.map(({ name, key }) => directive(exactly(key), literal(headerValue(name)))),
      ],
    ),
    keyProblem(line, index),
    blank,
  ])
}

/** First lines of a location: identify the consumer, answer 401 where there is none. */
function keyCheck(policy: Policy, { apiKey }: Location): readonly ConfNode[] {
  if (policy.apiKey.length === 0) return []
  if (!apiKey) return [directive('set', consumerVariable, '')]
  const index = policy.apiKey.indexOf(apiKey)
  return onlyHolders(`$${numbered('key_holder', index)}`, index)
}
