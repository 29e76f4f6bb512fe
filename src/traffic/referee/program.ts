/** The referee program: `referee.mjs <config.json>`. Measures a closed loop by autocannon, told by a small control API. */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import autocannonPackage from 'autocannon/package.json' with { type: 'json' }
import { end, holderOf, jsonOf } from '../http/control.ts'
import type { DriverConfig } from '../plan.ts'
import { fire } from './cannon.ts'
import { selfTest } from './self-test.ts'
import { type RefereePlan, refereeControl } from './shapes.ts'

const [configFile] = process.argv.slice(2)
if (configFile === undefined) throw new Error('usage: referee.mjs <config.json>')
const { listen, token } = JSON.parse(readFileSync(configFile, 'utf8')) as DriverConfig
const mayAsk = holderOf(token)

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url, method } = request
  if (url === refereeControl.ready) return end(response, method === 'GET' || method === 'HEAD' ? 204 : 405)
  if (!mayAsk(request)) return end(response, 401, 'the token is missing or wrong')
  if (method !== 'POST') return end(response, 405, 'only POST')
  const stopped = new AbortController()
  response.on('close', () => stopped.abort())
  const answer = (value: unknown): void =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  if (url === refereeControl.selfTest) return answer(await selfTest(`autocannon ${autocannonPackage.version}`))
  if (url === refereeControl.measure) return answer(await fire((await jsonOf(request)) as RefereePlan, stopped.signal))
  end(response, 404, 'no such path')
}

const server = createServer((request, response) => {
  serve(request, response).catch((error: Error) => {
    if (response.headersSent) response.destroy()
    else end(response, 400, error.message)
  })
})
server.listen(listen.port, listen.host)
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close()
    server.closeAllConnections()
  })
}
