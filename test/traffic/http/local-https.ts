/** An HTTPS server of the test's own, as a service of somebody's would be: under a name, with a certificate of it. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const file = (name: string): string => join(import.meta.dirname, name)

/** Of `localhost`, made for these tests and trusted by nobody else. */
export const certificateFile = file('localhost.cert.pem')
export const certificate = readFileSync(certificateFile, 'utf8')

/** Listens until the test is over. */
export async function localHttps(answer: RequestListener): Promise<{ readonly port: number; connections(): number }> {
  let connections = 0
  const server = createServer({ cert: certificate, key: readFileSync(file('localhost.key.pem')) }, answer)
  server.on('secureConnection', () => {
    connections += 1
  })
  server.listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, connections: () => connections }
}
