/** An API: what becomes of a call, in the order of API Gateway. */
import type { Answer } from './answer.ts'
import { invalidationOf } from './caching/invalidation.ts'
import { cachedAs, createStageCache } from './caching/stage-cache.ts'
import type { Call } from './call.ts'
import { methodFinder } from './definition/methods.ts'
import type { Files } from './definition/read-files.ts'
import { flavours } from './flavours/flavours.ts'
import { Refused } from './integration/errors.ts'
import { integrate } from './integration/integrate.ts'
import { openTargets } from './integration/load-balancers.ts'
import { createKeys } from './limits/keys.ts'
import { createQuotas } from './limits/quotas.ts'
import { createThrottles } from './limits/throttles.ts'
import { validate } from './limits/validation.ts'
import { createMetrics } from './metrics.ts'

export interface Api {
  /** Never fails: whatever goes wrong has an answer. */
  answer(call: Call): Promise<Answer>
  /** The answer to a request that is refused before it is a call of anybody’s: too large. */
  tooLarge(call: Call): Answer
  metrics(): string
  close(): Promise<void>
}

export function createApi(files: Files): Api {
  const { document, stage } = files
  const flavour = flavours[stage.ApiType](files)
  const find = methodFinder(files)
  const clientOf = createKeys(stage)
  const throttles = createThrottles(stage)
  const withinQuota = createQuotas()
  const cache = createStageCache(Number(stage.Stage.CacheClusterSize))
  const targets = openTargets(stage.Emulator.LoadBalancers)
  const metrics = createMetrics(stage.ApiType, document.info.title, stage.Stage.StageName)

  /** Key, throttles, quota, validation: throws Refused. */
  function admit(call: Call): void {
    const match = find(call.httpMethod, call.path)
    if (!match) throw new Refused('MISSING_AUTHENTICATION_TOKEN')
    call.match = match
    const wantsKey = match.method.operation.security.length > 0
    const client = wantsKey ? clientOf(call.headers['x-api-key']) : undefined
    if (wantsKey && !client) throw new Refused('INVALID_API_KEY')
    if (client) call.apiKey = client.key
    const plan = client && { plan: client.plan, keyId: client.key.Id }
    if (!throttles.passes(match.method, plan, performance.now())) throw new Refused('THROTTLED')
    if (plan && !withinQuota(plan.plan, plan.keyId, call.receivedAt)) throw new Refused('QUOTA_EXCEEDED')
    validate(call, document)
  }

  async function fromOrigin(call: Call): Promise<Answer> {
    const begun = performance.now()
    try {
      return await integrate(call, targets, flavour, stage.Stage)
    } finally {
      call.integrationMs = performance.now() - begun
    }
  }

  async function fromCacheOrOrigin(call: Call): Promise<Answer> {
    const cached = cachedAs(call, stage.Stage.CacheClusterEnabled)
    if (!cached) return fromOrigin(call)
    const invalidation = invalidationOf(call, document['x-amazon-apigateway-policy'])
    if (invalidation === 'forbidden') throw new Refused('ACCESS_DENIED', notAllowed)
    const kept = invalidation === 'renew' ? undefined : cache.get(cached, performance.now())
    metrics.cache(kept !== undefined)
    const answer = kept ?? (await fromOrigin(call))
    if (!kept) cache.put(cached, answer, performance.now())
    return invalidation === 'warn' ? { ...answer, headers: { ...answer.headers, warning } } : answer
  }

  function identified({ status, headers, body }: Answer, call: Call): Answer {
    return { status, headers: { ...headers, ...flavour.idHeaders(call) }, body }
  }

  async function outcome(call: Call): Promise<Answer> {
    try {
      admit(call)
      return await fromCacheOrOrigin(call)
    } catch (error) {
      const { type, told } = error instanceof Refused ? error : new Refused('API_CONFIGURATION_ERROR')
      return flavour.refuse(type, call, told)
    }
  }

  return {
    answer: async (call) => {
      const begun = performance.now()
      const answer = await outcome(call)
      const latencyMs = performance.now() - begun
      const { integrationMs } = call
      const bytes = call.body.length + answer.body.length
      metrics.record({
        status: answer.status,
        latencyMs,
        ...(integrationMs === undefined ? {} : { integrationMs }),
        bytes,
      })
      return identified(answer, call)
    },
    tooLarge: (call) => identified(flavour.refuse('REQUEST_TOO_LARGE', call), call),
    metrics: () => metrics.text(),
    close: () => targets.close(),
  }
}

/** The sentences are ours: the documentation has none. */
const notAllowed = 'User is not authorized to perform: execute-api:InvalidateCache'
const warning = '199 - "Cache-Control: max-age=0 was passed over: not authorized to invalidate the cache"'
