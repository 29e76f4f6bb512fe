/** A reverse proxy of our own: Fastify and undici. The “build your own” example, without a gateway's extras. */

import { fidelityOf, supportedPart } from '../fidelity.ts'
import { edgeFile, edgeLaunch } from '../node-core/compile.ts'
import { carriedByCore } from '../node-core/fidelity.ts'
import type { System } from '../system.ts'
import { programLines } from './lines.ts'
import { support } from './support.ts'

export const nodeProxy: System = {
  id: 'node-proxy',
  title: 'Node proxy',
  kind: 'proxy',
  summary: 'A reverse proxy in Node, from Fastify and undici: routes, balancing, a cache. Runs everywhere.',
  support,
  compile: (policy, site) => ({
    files: [edgeFile(supportedPart(policy, support), site, [])],
    fidelity: fidelityOf(policy, support, (line) => carriedByCore(policy, line)),
  }),
  launch: edgeLaunch('node-proxy'),
  programLines,
}
