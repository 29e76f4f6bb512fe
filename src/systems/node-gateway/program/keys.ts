/** API keys: by digest, so that neither a prefix nor the time of a comparison gives anything away. */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Location } from '../../../policy/locations.ts'
import type { ApiKey } from '../../../policy/policy.ts'

const known = new WeakMap<ApiKey, ReadonlyMap<string, string>>()

/** The consumer that the key belongs to; answers 401 itself where there is none. Undefined where no key is wanted. */
export function checkKey(request: FastifyRequest, reply: FastifyReply, { apiKey }: Location): string | undefined {
  if (!apiKey) return undefined
  const key = request.headers[apiKey.header]
  const consumer = typeof key === 'string' ? consumersOf(apiKey).get(digest(key)) : undefined
  if (consumer !== undefined) return consumer
  const reason = key === undefined ? 'missing key' : 'unknown key'
  reply.code(401).header('www-authenticate', 'ApiKey realm="edge"').send({ error: 'unauthorized', reason })
  return undefined
}

function consumersOf(apiKey: ApiKey): ReadonlyMap<string, string> {
  const found = known.get(apiKey) ?? new Map(apiKey.consumers.map(({ name, key }) => [digest(key), name]))
  known.set(apiKey, found)
  return found
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64')
}
