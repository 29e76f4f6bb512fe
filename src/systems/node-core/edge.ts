import { readFileSync } from 'node:fs'
import type { EdgeConfig } from './config.ts'
import { createServer } from './server.ts'
import { createUpstream } from './upstream.ts'

type Parts = {
  readonly gates: Parameters<typeof createServer>[2]
  readonly transforming: Parameters<typeof createUpstream>[1]
}

/** Runs an edge from the configuration named on the command line until SIGTERM or SIGINT. */
export async function runEdge(partsOf: (config: EdgeConfig) => Parts): Promise<void> {
  const file = process.argv[2]
  if (file === undefined) throw new Error('usage: <program>.mjs <edge.json>')
  const config = JSON.parse(readFileSync(file, 'utf8')) as EdgeConfig
  const { gates, transforming } = partsOf(config)
  const upstream = createUpstream(config, transforming)
  const server = await createServer(config, upstream, gates)
  await server.listen(config.listen)

  const stop = (): void => void server.close().then(() => upstream.close())
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
