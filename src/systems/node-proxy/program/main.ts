/** A plain reverse proxy: routes, balancing, cache. `node-proxy.mjs <edge.json>`. */
import { runEdge } from '../../node-core/server/edge.ts'

await runEdge([], () => ({ filters: async () => [], transforming: () => [] }))
