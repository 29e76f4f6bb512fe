/** The mock origin as a program: `origin.mjs <spec.json>`. Ends on SIGTERM and SIGINT. */
import { readFileSync } from 'node:fs'
import { createOrigin } from './server.ts'
import type { OriginSpec } from './spec.ts'

const file = process.argv[2]
if (file === undefined) throw new Error('usage: origin.mjs <spec.json>')
const spec = JSON.parse(readFileSync(file, 'utf8')) as OriginSpec
const server = createOrigin(spec)
server.listen(spec.listen.port, spec.listen.host)

const stop = (): void => {
  server.close()
  server.closeAllConnections()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
