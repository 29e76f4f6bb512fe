/**
 * `stage.json`: what an API needs beside its OpenAPI document, in the words of CloudFormation’s resources (AWS::ApiGateway::
 * Stage, UsagePlan, ApiKey). What only the emulator needs is named so.
 */

/** A token bucket: requests per second in the long run, and how many at once. */
export interface Throttle {
  readonly RateLimit: number
  readonly BurstLimit: number
}

/** What applies to a method of a resource, or to all (`*`). The most particular one counts, setting by setting. */
export interface MethodSetting {
  /** As CloudFormation writes it: `/~1orders~1{proxy+}`, or `/*` for every resource. */
  readonly ResourcePath: string
  readonly HttpMethod: string
  readonly ThrottlingRateLimit?: number
  readonly ThrottlingBurstLimit?: number
  readonly CachingEnabled?: boolean
  /** 0 to 3600. */
  readonly CacheTtlInSeconds?: number
  /** The last two are settings of the stage that CloudFormation does not know: they are patched. */
  readonly RequireAuthorizationForCacheControl?: boolean
  readonly UnauthorizedCacheControlHeaderStrategy?: CacheControlStrategy
}

/** What becomes of a client’s `Cache-Control: max-age=0` that it has no permission for. */
export type CacheControlStrategy = 'FAIL_WITH_403' | 'SUCCEED_WITH_RESPONSE_HEADER' | 'SUCCEED_WITHOUT_RESPONSE_HEADER'

export interface UsagePlan {
  readonly UsagePlanName: string
  /** Of each key of its own. */
  readonly Throttle?: Throttle
  readonly Quota?: {
    readonly Limit: number
    /** How many count as used when a period begins. */
    readonly Offset: number
    readonly Period: 'DAY' | 'WEEK' | 'MONTH'
  }
  readonly ApiStages: readonly {
    readonly Stage: string
    /** By `/orders/{proxy+}/GET`: of each key and method of its own. */
    readonly Throttle?: Readonly<Record<string, Throttle>>
  }[]
  /** Ids of the keys that belong to it (AWS::ApiGateway::UsagePlanKey). */
  readonly KeyIds: readonly string[]
}

export interface ApiKeyResource {
  /** API Gateway gives ids of its own making; here the consumer’s name. */
  readonly Id: string
  readonly Name: string
  readonly Value: string
  readonly Enabled: boolean
}

export interface StageFile {
  readonly ApiType: 'REST' | 'HTTP'
  readonly Stage: {
    readonly StageName: string
    readonly Variables: Readonly<Record<string, string>>
    readonly CacheClusterEnabled: boolean
    /** GB. */
    readonly CacheClusterSize: string
    readonly MethodSettings: readonly MethodSetting[]
  }
  readonly ApiKeys: readonly ApiKeyResource[]
  readonly UsagePlans: readonly UsagePlan[]
  /** What all APIs of the account share. */
  readonly Account: Throttle
  readonly Emulator: {
    /** `host:port`, as are the targets. */
    readonly Listen: string
    /** The load balancers behind the API, by host name: API Gateway itself balances nothing. They go round robin. */
    readonly LoadBalancers: Readonly<Record<string, readonly string[]>>
  }
}

/** A resource’s path as `MethodSettings` of CloudFormation writes it. */
export function settingPath(resourcePath: string): string {
  return resourcePath === '/' ? '/' : `/${resourcePath.replaceAll('/', '~1')}`
}
