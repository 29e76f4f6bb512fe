/** The cache of a stage (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html). */
import type { Answer } from '../answer.ts'
import type { Call } from '../call.ts'
import { requestValue } from '../integration/mappings.ts'

/** What is larger is not kept. */
const largestBytes = 1_048_576
const defaultTtlSeconds = 300

/** A method whose answers are kept: for how long, and by what they are told apart. */
export interface Cached {
  readonly ttlMs: number
  readonly key: string
}

export interface StageCache {
  get(cached: Cached, now: number): Answer | undefined
  put(cached: Cached, answer: Answer, now: number): void
}

export function createStageCache(gigabytes: number): StageCache {
  const entries = new Map<string, { readonly answer: Answer; readonly until: number }>()
  const capacity = gigabytes * 1024 ** 3
  let bytes = 0
  const remove = (key: string): void => {
    const entry = entries.get(key)
    if (entry) bytes -= sizeOf(key, entry.answer)
    entries.delete(key)
  }
  return {
    get: ({ key }, now) => {
      const entry = entries.get(key)
      if (entry && entry.until > now) return entry.answer
      remove(key)
      return undefined
    },
    put: ({ key, ttlMs }, answer, now) => {
      remove(key)
      if (answer.body.length > largestBytes) return
      entries.set(key, { answer, until: now + ttlMs })
      bytes += sizeOf(key, answer)
      // The oldest go first.
      for (const oldest of entries.keys()) {
        if (bytes <= capacity) break
        remove(oldest)
      }
    },
  }
}

/** With what an entry takes beside its body, so that many small ones count. */
function sizeOf(key: string, { body }: Answer): number {
  return body.length + key.length + 1024
}

/** How the answers to a call are kept; undefined where they are not. */
export function cachedAs(call: Call, isOn: boolean): Cached | undefined {
  const { method } = call.match!
  const { CachingEnabled, CacheTtlInSeconds = defaultTtlSeconds } = method.settings
  // Of a stage-wide setting only GET is meant; another method must be named.
  const isMeant = call.httpMethod === 'GET' || method.settings.HttpMethod === method.name
  if (!isOn || !CachingEnabled || CacheTtlInSeconds === 0 || !isMeant) return undefined
  const { cacheKeyParameters, cacheNamespace = method.resource } = method.operation['x-amazon-apigateway-integration']
  const values = cacheKeyParameters.map((parameter) => requestValue(parameter, call, {}, {}) ?? null)
  return { ttlMs: CacheTtlInSeconds * 1000, key: JSON.stringify([cacheNamespace, call.httpMethod, ...values]) }
}
