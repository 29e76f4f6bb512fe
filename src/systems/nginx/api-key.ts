/** API keys by map: who holds the key that was sent, and what is said to those who have none. */
import type { Location } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import { blank, block, type ConfNode, comment, directive, ifEmpty, literal } from '../emit/nginx-conf.ts'
import { exactly, headerValue, headerVariable, numbered } from '../nginx-core/names.ts'

/** The variable with the verified consumer, in every location of a policy that has keys. */
export const consumerVariable = '$consumer'

/** Maps of the http block, two for each apiKey line. */
export function keyMaps(policy: Policy): readonly ConfNode[] {
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
    block(
      'map',
      [headerVariable(line.header), `$${numbered('key_problem', index)}`],
      [directive('', 'missing key'), directive('default', 'unknown key')],
    ),
    blank,
  ])
}

/** First lines of a location: who is asking, and 401 for nobody. */
export function keyCheck(policy: Policy, { apiKey }: Location): readonly ConfNode[] {
  if (policy.apiKey.length === 0) return []
  if (!apiKey) return [directive('set', consumerVariable, '')]
  const index = policy.apiKey.indexOf(apiKey)
  return [
    directive('set', consumerVariable, `$${numbered('key_holder', index)}`),
    comment('In the rewrite phase, before limit_req counts: a bad key costs nobody anything.'),
    ifEmpty(consumerVariable, directive('return', '401')),
    directive('error_page', '401', `@${numbered('unauthorized', index)}`),
  ]
}

/** Named locations of the server block. */
export function keyRefusals(policy: Policy): readonly ConfNode[] {
  return policy.apiKey.flatMap((_, index) => [
    block(
      'location',
      [`@${numbered('unauthorized', index)}`],
      [
        directive('add_header', 'WWW-Authenticate', 'ApiKey realm="edge"', 'always'),
        directive('return', '401', `{"error":"unauthorized","reason":"$${numbered('key_problem', index)}"}`),
      ],
    ),
    blank,
  ])
}
