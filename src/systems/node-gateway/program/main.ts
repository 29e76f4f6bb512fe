/** The same reverse proxy with what makes it a gateway: keys, limits, representations. `node-gateway.mjs <edge.json>`. */
import { runEdge } from '../../node-core/edge.ts'
import { apiKeyGate } from './keys.ts'
import { rateLimitGate } from './limits.ts'
import { representationGate } from './representations.ts'
import { transforming } from './transform.ts'

await runEdge((config) => ({
  // The order matters: bad keys cost no consumer a request, and the limit knows whose request it is.
  gates: async (app) => [apiKeyGate(config), await rateLimitGate(config, app), representationGate(config)],
  transforming: transforming(config),
}))
