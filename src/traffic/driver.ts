/** The driver program: `driver.mjs <config.json>`. Sends the traffic and measures it, told by a small control API. */
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { controlServer } from './control-server.ts'
import type { DriverConfig } from './plan.ts'

const [configFile] = process.argv.slice(2)
if (configFile === undefined) throw new Error('usage: driver.mjs <config.json>')
const { listen, token } = JSON.parse(readFileSync(configFile, 'utf8')) as DriverConfig

const server = controlServer(token)
server.on('error', (error) => {
  process.stderr.write(`driver: ${error.message}\n`)
  process.exitCode = 1
})
server.listen(listen.port, listen.host, () => {
  const { address, port } = server.address() as AddressInfo
  process.stdout.write(`driver: listening on ${address}:${port}\n`)
})
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close()
    // Closes the answer of a run too, which ends the run; then nothing is left to do.
    server.closeAllConnections()
  })
}
