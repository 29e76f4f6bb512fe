/** The reverse proxy: `node-proxy.mjs <edge.json>`. Routes, balancing and a cache; nothing else. */
import { readConfig, serve } from '../../node-core/server.ts'

await serve(readConfig())
