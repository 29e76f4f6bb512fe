import { readTextSync } from '../../../text-file.ts'
import type { EdgeConfig, FilterName } from '../config.ts'
import { readConfig } from '../read-config.ts'
import { createUpstream } from '../upstream/upstream.ts'
import { createServer } from './server.ts'

type Parts = {
  readonly filters: Parameters<typeof createServer>[2]
  readonly transforming: Parameters<typeof createUpstream>[1]
}

/**
 * Runs an edge from the configuration named on the command line until SIGTERM or SIGINT. One that cannot be used ends
 * the program with 1 and what is wrong with it. `filters`: those that the program has.
 */
export async function runEdge(filters: readonly FilterName[], partsOf: (config: EdgeConfig) => Parts): Promise<void> {
  const file = process.argv[2]
  if (file === undefined) throw new Error('usage: <program>.mjs <edge.json>')
  let config: EdgeConfig
  try {
    config = readConfig(readTextSync(file), filters)
  } catch (error) {
    process.stderr.write(`${file} cannot be used:\n${(error as Error).message}\n`)
    process.exitCode = 1
    return
  }
  const parts = partsOf(config)
  const upstream = createUpstream(config, parts.transforming)
  const server = await createServer(config, upstream, parts.filters)
  const port = config.listen.lastIndexOf(':')
  await server.listen({
    host: config.listen.slice(0, port).replace(/^\[(.*)\]$/, '$1'),
    port: Number(config.listen.slice(port + 1)),
  })

  const stop = (): void => void server.close().then(() => upstream.close())
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
