/** An emulation of API Gateway. `aws-api-gateway.mjs <openapi.json> <stage.json>`, until SIGTERM or SIGINT. */
import { readTextSync } from '../../../text-file.ts'
import { createApi } from './api.ts'
import { type Files, readFiles } from './definition/read-files.ts'
import { createApiServer } from './server.ts'

const [document, stage] = process.argv.slice(2)
if (document === undefined || stage === undefined)
  throw new Error('usage: aws-api-gateway.mjs <openapi.json> <stage.json>')

let files: Files | undefined
try {
  files = readFiles({ document: readTextSync(document), stage: readTextSync(stage) })
} catch (error) {
  process.stderr.write(`${document} and ${stage} cannot be used:\n${(error as Error).message}\n`)
  process.exitCode = 1
}
if (files) run(files)

function run(definition: Files): void {
  const { Listen } = definition.stage.Emulator
  const api = createApi(definition)
  const server = createApiServer(api)
  const port = Listen.lastIndexOf(':')
  server.listen(Number(Listen.slice(port + 1)), Listen.slice(0, port).replace(/^\[(.*)\]$/, '$1'))
  const stop = (): void => {
    server.close(() => void api.close())
    server.closeAllConnections()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
