import { createHash } from 'node:crypto'
import { consumerHeader } from '../../../policy/policy.ts'
import type { EdgeConfig } from '../../node-core/config.ts'
import type { Filter } from '../../node-core/server/request-context.ts'

/** Lets only known keys pass, and tells the origin whose it is instead of the key. */
export function apiKeyFilter({ apiKeys }: EdgeConfig): Filter {
  const lines = apiKeys.map(({ header, consumers }) => ({
    header,
    consumers: new Map(consumers.map(({ name, key }) => [digest(key), name])),
  }))
  return (context, request, reply) => {
    const line = lines[context.location.apiKey ?? -1]
    if (!line) return false
    const sent = request.raw.headers[line.header]
    // Looked up by digest: how long that takes tells nothing about how much of a key was right.
    const consumer = typeof sent === 'string' ? line.consumers.get(digest(sent)) : undefined
    if (consumer === undefined) {
      reply
        .code(401)
        .header('www-authenticate', 'ApiKey realm="edge"')
        .send({ error: 'unauthorized', reason: typeof sent === 'string' ? 'unknown key' : 'missing key' })
      return true
    }
    context.consumer = consumer
    context.headers[line.header] = undefined
    context.headers[consumerHeader] = consumer
    return false
  }
}

function digest(key: string): string {
  // Node reads header values as Latin-1: the bytes as they came are what is compared.
  return createHash('sha256').update(key).digest('base64')
}
