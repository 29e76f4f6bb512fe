/** Mock origins as a program: `origin.mjs <specs.json>`, of several instances or of one. Ends on SIGTERM and SIGINT. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createOrigin } from './server.ts'
import type { OriginSpec } from './spec.ts'

const file = process.argv[2]
if (file === undefined) throw new Error('usage: origin.mjs <specs.json>')
const specs = JSON.parse(readFileSync(file, 'utf8')) as readonly OriginSpec[]
const servers = specs.map(createOrigin)

const stop = (): void => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)

// The first one last: when it answers that it is ready, all are.
for (const [at, { listen }] of [...specs.entries()].toReversed()) {
  await once(servers[at]!.listen(listen.port, listen.host), 'listening')
}
