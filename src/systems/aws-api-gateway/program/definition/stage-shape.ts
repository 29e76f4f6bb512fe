import { z } from 'zod'
import type { StageFile } from '../../definition/stage.ts'

const address = z.string().regex(/^.+:\d{1,5}$/, 'an address is written "host:port"')
const rate = z.number().positive()
const burst = z.int().min(1)
const throttle = z.strictObject({ RateLimit: rate, BurstLimit: burst })

export const stageShape = z.strictObject({
  ApiType: z.enum(['REST', 'HTTP']),
  Stage: z.strictObject({
    StageName: z.string(),
    Variables: z.record(z.string(), z.string()),
    CacheClusterEnabled: z.boolean(),
    CacheClusterSize: z.enum(['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237']),
    MethodSettings: z.array(
      z.strictObject({
        ResourcePath: z.string().startsWith('/'),
        HttpMethod: z.string(),
        ThrottlingRateLimit: rate.exactOptional(),
        ThrottlingBurstLimit: burst.exactOptional(),
        CachingEnabled: z.boolean().exactOptional(),
        CacheTtlInSeconds: z.int().min(0).max(3600).exactOptional(),
        RequireAuthorizationForCacheControl: z.boolean().exactOptional(),
        UnauthorizedCacheControlHeaderStrategy: z
          .enum(['FAIL_WITH_403', 'SUCCEED_WITH_RESPONSE_HEADER', 'SUCCEED_WITHOUT_RESPONSE_HEADER'])
          .exactOptional(),
      }),
    ),
  }),
  ApiKeys: z.array(
    z.strictObject({ Id: z.string(), Name: z.string(), Value: z.string().min(1), Enabled: z.boolean() }),
  ),
  UsagePlans: z.array(
    z.strictObject({
      UsagePlanName: z.string(),
      Throttle: throttle.exactOptional(),
      Quota: z
        .strictObject({ Limit: z.int().min(1), Offset: z.int().min(0), Period: z.enum(['DAY', 'WEEK', 'MONTH']) })
        .exactOptional(),
      ApiStages: z.array(
        z.strictObject({ Stage: z.string(), Throttle: z.record(z.string(), throttle).exactOptional() }),
      ),
      KeyIds: z.array(z.string()),
    }),
  ),
  Account: throttle,
  Emulator: z.strictObject({ Listen: address, LoadBalancers: z.record(z.string(), z.array(address).min(1)) }),
}) satisfies z.ZodType<StageFile>

export type ReadStage = StageFile
