/** A gateway of our own: the Node proxy with keys, limits and transforms. What “build your own” means, in full. */
import { type Cells, sourcesOf, supportOf, traitsOf } from '../cell.ts'
import type { EdgeAdds } from '../node-core/adds.ts'
import { baseSources, compileEdge, edgeLaunch } from '../node-core/compile.ts'
import type { System } from '../system.ts'
import { apiKey } from './api-key.ts'
import { balancing } from './balancing.ts'
import { cache } from './cache.ts'
import { quota } from './quota.ts'
import { rateLimit } from './rate-limit.ts'
import { routes } from './routes.ts'
import { transform } from './transform.ts'

const cells: Cells<EdgeAdds> = { routes, balancing, cache, apiKey, rateLimit, transform, quota }

export const nodeGateway: System = {
  id: 'node-gateway',
  title: 'Node gateway',
  kind: 'self-built',
  summary: 'The Node proxy turned into a gateway: API keys, rate limits, XML and compact JSON. Runs everywhere.',
  buildsOn: 'node-proxy',
  support: supportOf(cells),
  traits: traitsOf(cells),
  compile: (policy, site) => compileEdge(cells, policy, site),
  reach: { kind: 'launch', launch: edgeLaunch('node-gateway') },
  sources: sourcesOf(cells, [...baseSources, 'node-gateway/program/main.ts']),
}
