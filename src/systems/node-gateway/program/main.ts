/** The same reverse proxy with what makes it a gateway: keys, limits, representations. `node-gateway.mjs <edge.json>`. */
import { gateNames } from '../../node-core/config.ts'
import { runEdge } from '../../node-core/server/edge.ts'
import { apiKeyGate } from './keys.ts'
import { rateLimitGate } from './limits.ts'
import { representationGate } from './representations.ts'
import { transforming } from './transform.ts'

await runEdge(gateNames, (config) => ({
  gates: async (app) => {
    const gates = {
      apiKey: apiKeyGate(config),
      rateLimit: await rateLimitGate(config, app),
      transform: representationGate(config),
    }
    return config.gates.map((name) => gates[name])
  },
  transforming: transforming(config),
}))
