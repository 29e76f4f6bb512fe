/** How exactly nginx carries out one line of a policy. */
import type { PolicyLine } from '../../policy/lines.ts'
import type { ApiKey, Policy } from '../../policy/policy.ts'
import type { LineFidelity } from '../fidelity.ts'
import { cacheFidelity } from '../nginx-core/cache-fidelity.ts'
import { balancingFidelity, routeFidelity } from '../nginx-core/fidelity.ts'
import { headerVariable } from '../nginx-core/names.ts'
import { limitFidelity } from './rate-limit.ts'
import { support } from './support.ts'

export function carried(policy: Policy, { feature, index }: PolicyLine): LineFidelity {
  switch (feature) {
    case 'routes':
      return routeFidelity(policy.routes[index]!)
    case 'balancing':
      return balancingFidelity(policy, policy.balancing[index]!.origin)
    case 'cache':
      return cacheFidelity(policy.cache[index]!)
    case 'apiKey':
      return keyFidelity(policy.apiKey[index]!)
    case 'rateLimit':
      return limitFidelity(policy.rateLimit[index]!)
    case 'transform':
      return { level: 'impossible', how: support.transform.how }
  }
}

function keyFidelity({ header }: ApiKey): LineFidelity {
  return {
    level: 'exact',
    how:
      `map ${headerVariable(header)} with one anchored, case-sensitive regular expression per key, and if … return 401 ` +
      'in the rewrite phase, before anything is counted. proxy_set_header passes the name on and takes the key away.',
  }
}
