/** A plain reverse proxy: routes, balancing, cache. `node-proxy.mjs <edge.json>`. */
import { runEdge } from '../../node-core/edge.ts'

await runEdge([], () => ({ gates: async () => [], transforming: () => [] }))
