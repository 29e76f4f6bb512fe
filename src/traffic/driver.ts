/** The driver program: `driver.mjs <config.json>`. Sends the traffic and measures it, told by a small control API. */
import { readFileSync } from 'node:fs'
import { controlServer } from './control-server.ts'
import type { DriverConfig } from './plan.ts'

const config = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as DriverConfig
const server = controlServer(config.token)
server.listen(config.listen.port, config.listen.host, () => {
  process.stdout.write(`driver listens on ${config.listen.host}:${config.listen.port}\n`)
})
server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0))
