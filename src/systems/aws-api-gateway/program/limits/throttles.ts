/**
 * Who may pass, in the order that the documentation states: the usage plan’s throttle of a client at a method, that of a
 * client, then those of the stage’s methods, then the account’s
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html).
 */
import type { MethodSetting, StageFile, Throttle, UsagePlan } from '../../definition/stage.ts'
import type { Method } from '../definition/methods.ts'
import { Bucket } from './bucket.ts'

export interface Throttles {
  /** `plan` and `keyId` where the method wants a key. `now` in milliseconds. */
  passes(method: Method, client: { readonly plan: UsagePlan; readonly keyId: string } | undefined, now: number): boolean
}

export function createThrottles({ Account, Stage }: StageFile): Throttles {
  const buckets = new Map<string, Bucket>()
  const take = (throttle: Throttle | undefined, owner: readonly string[], now: number): boolean => {
    if (!throttle) return true
    const key = JSON.stringify(owner)
    const bucket = buckets.get(key) ?? new Bucket(throttle, now)
    buckets.set(key, bucket)
    return bucket.take(now)
  }
  return {
    passes: (method, client, now) => {
      const name = `${method.resource}/${method.name}`
      const ofMethod = client?.plan.ApiStages.find(({ Stage: stage }) => stage === Stage.StageName)?.Throttle?.[name]
      const keyId = client?.keyId ?? ''
      return (
        take(ofMethod, ['key', keyId, name], now) &&
        take(client?.plan.Throttle, ['key', keyId], now) &&
        take(throttleOf(method.settings), ['method', name], now) &&
        take(Account, ['account'], now)
      )
    },
  }
}

function throttleOf({ ThrottlingRateLimit, ThrottlingBurstLimit }: Partial<MethodSetting>): Throttle | undefined {
  return ThrottlingRateLimit === undefined || ThrottlingBurstLimit === undefined
    ? undefined
    : { RateLimit: ThrottlingRateLimit, BurstLimit: ThrottlingBurstLimit }
}
