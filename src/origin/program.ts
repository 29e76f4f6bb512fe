/** The origin program: `origin.mjs <spec.json>`. */
import { readFileSync } from 'node:fs'
import { originServer } from './server.ts'
import type { OriginSpec } from './spec.ts'

const spec = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as OriginSpec
originServer(spec)
  .on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  .listen(spec.listen.port, spec.listen.host, () => {
    process.stdout.write(`origin ${spec.name}/${spec.instance} listens on ${spec.listen.host}:${spec.listen.port}\n`)
  })
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0))
