/** How exactly nginx with Lua carries out one line of a policy. */
import type { PolicyLine } from '../../policy/lines.ts'
import type { Policy, RateLimit, Transform } from '../../policy/policy.ts'
import type { LineFidelity } from '../fidelity.ts'
import { cacheFidelity } from '../nginx-core/cache-fidelity.ts'
import { balancingFidelity, routeFidelity } from '../nginx-core/fidelity.ts'

export function carried(policy: Policy, { feature, index }: PolicyLine): LineFidelity {
  switch (feature) {
    case 'routes':
      return routeFidelity(policy.routes[index]!)
    case 'balancing':
      return balancingFidelity(policy, policy.balancing[index]!.origin)
    case 'cache':
      return cacheFidelity(policy.cache[index]!)
    case 'apiKey':
      return {
        level: 'exact',
        how: 'access_by_lua_block with edge/keys.lua: a table from key to name, compared byte by byte. proxy_set_header passes the name on and takes the key away.',
      }
    case 'rateLimit':
      return limitFidelity(policy.rateLimit[index]!)
    case 'transform':
      return transformFidelity(policy.transform[index]!)
  }
}

function limitFidelity({ burst, per }: RateLimit): LineFidelity {
  const whose =
    per === 'consumer' ? 'of the verified consumer, or of the address where nobody is known' : 'of the address'
  return {
    level: 'exact',
    how: `access_by_lua_block with edge/bucket.lua, after the key check: a token bucket of ${burst} ${whose}, in a shared dictionary. RateLimit-Remaining and Retry-After are read from the bucket.`,
  }
}

function transformFidelity({ representations }: Transform): LineFidelity {
  const files = [...new Set(representations.map(({ as }) => (as === 'xml' ? 'edge/xml.lua' : 'edge/compact.lua')))]
  const xml = representations.some(({ as }) => as === 'xml')
  return {
    level: 'exact',
    how: [
      `map $http_accept chooses; an inner server fetches the whole answer and edge/transform.lua with ${files.join(' and ')} makes the other of its text, without reading it into values.`,
      'Broken JSON becomes 502.',
      xml ? 'Characters that XML does not have (control characters) become U+FFFD.' : '',
    ]
      .filter(Boolean)
      .join(' '),
  }
}
