/** A gateway of our own: the Node proxy with keys, limits and transforms. What “build your own” means, in full. */

import { fidelityOf, supportedPart } from '../fidelity.ts'
import { edgeFile, edgeLaunch } from '../node-core/compile.ts'
import { gateNames } from '../node-core/config.ts'
import { carriedByCore } from '../node-core/fidelity.ts'
import type { System } from '../system.ts'
import { programLines } from './lines.ts'
import { support } from './support.ts'

export const nodeGateway: System = {
  id: 'node-gateway',
  title: 'Node gateway',
  kind: 'gateway',
  summary: 'The Node proxy turned into a gateway: API keys, rate limits, XML and compact JSON. Runs everywhere.',
  buildsOn: 'node-proxy',
  support,
  compile: (policy, site) => ({
    files: [edgeFile(supportedPart(policy, support), site, gateNames)],
    fidelity: fidelityOf(policy, support, (line) => {
      if (line.feature === 'apiKey')
        return {
          level: 'exact',
          how: 'keys.ts: SHA-256 digests in a map; first of the gates in edge.json, before anything is counted or forwarded',
        }
      if (line.feature === 'transform')
        return { level: 'exact', how: 'transform.ts below the cache, which keeps the result' }
      if (line.feature !== 'rateLimit') return carriedByCore(policy, line)
      const { burst, ratePerSecond } = policy.rateLimit[line.index]!
      const windowMs = Math.round((burst / ratePerSecond) * 1000)
      return {
        level: 'approximated',
        how: `@fastify/rate-limit: a fixed window of ${windowMs} ms with ${burst} requests; across its border up to ${2 * burst} at once`,
      }
    }),
  }),
  launch: edgeLaunch('node-gateway'),
  programLines,
}
