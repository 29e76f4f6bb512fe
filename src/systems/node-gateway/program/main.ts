/** The same reverse proxy with what makes it a gateway: keys, limits, representations. `node-gateway.mjs <edge.json>`. */
import { filterNames } from '../../node-core/config.ts'
import { runEdge } from '../../node-core/server/edge.ts'
import { apiKeyFilter } from './keys.ts'
import { rateLimitFilter } from './limits.ts'
import { representationFilter } from './representations.ts'
import { transforming } from './transform.ts'

await runEdge(filterNames, (config) => ({
  filters: async (app) => {
    const filters = {
      apiKey: apiKeyFilter(config),
      rateLimit: await rateLimitFilter(config, app),
      transform: representationFilter(config),
    }
    return config.gates.map((name) => filters[name])
  },
  transforming: transforming(config),
}))
