/** A reverse proxy of our own: Fastify and undici. The “build your own” example, without a gateway's extras. */
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

export const nodeProxy: System = {
  id: 'node-proxy',
  title: 'Node proxy',
  kind: 'self-built',
  summary: 'A reverse proxy in Node, from Fastify and undici: routes, balancing, a cache. Runs everywhere.',
  support: supportOf(cells),
  traits: traitsOf(cells),
  compile: (policy, site) => compileEdge(cells, policy, site),
  reach: { kind: 'launch', launch: edgeLaunch('node-proxy') },
  sources: sourcesOf(cells, [...baseSources, 'node-proxy/program/main.ts']),
}
