/** The gateway: `node-gateway.mjs <edge.json>`. The same proxy, with identity, limits and transforms. */
import { readConfig, serve } from '../../node-core/server.ts'
import { checkKey } from './keys.ts'
import { applyLimit, limitPlugin } from './limits.ts'
import { acceptOf, transforming } from './transform.ts'

const config = readConfig()

await serve(config, {
  plugins: limitPlugin,
  admit: async (request, reply, location) => {
    const consumer = checkKey(request, reply, location)
    if (!reply.sent) await applyLimit(request, reply, location, consumer)
    return consumer
  },
  accept: acceptOf,
  transform: transforming,
})
