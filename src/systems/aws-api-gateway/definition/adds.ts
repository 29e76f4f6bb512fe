/** What a cell adds to the OpenAPI document and to the stage file. */
import type { Location } from '../../../policy/locations.ts'
import type { Policy } from '../../../policy/policy.ts'
import type { Cell, Cells } from '../../cell.ts'
import type { GatewayResponse, Mapping, OpenApi } from '../../emit/openapi.ts'
import type { Site } from '../../system.ts'
import type { MethodSetting, StageFile, Throttle, UsagePlan } from './stage.ts'

export interface ApiAdds {
  /** Members of the OpenAPI document. */
  readonly document?: (policy: Policy) => Partial<OpenApi>
  readonly gatewayResponses?: (policy: Policy) => Readonly<Record<string, GatewayResponse>>
  /** Members of the stage file. */
  readonly stageFile?: (policy: Policy) => Partial<StageFile>
  /** Of the one plan to which all keys belong; there is none without keys. */
  readonly usagePlan?: (policy: Policy) => Partial<UsagePlan>
  /** In that plan, a bucket for each key and each method of the location. */
  readonly planThrottle?: (location: Location, policy: Policy) => Throttle | undefined
  readonly origins?: (policy: Policy, site: Site) => OriginAdds
  /** What every method of the resources of a location gets. */
  readonly method?: (location: Location, policy: Policy) => MethodAdds
  /** What GET gets for itself: then it is a method of its own, and all that goes on is mapped. */
  readonly mappedGet?: (location: Location, policy: Policy) => MappedAdds | undefined
  /** Settings of one method in the stage; `httpMethod` is `GET` or `ANY`. */
  readonly setting?: (location: Location, httpMethod: string, policy: Policy) => Partial<MethodSetting>
}

/** The variables of the stage with the origins’ hosts, and what answers there. */
export interface OriginAdds {
  readonly variables: Readonly<Record<string, string>>
  readonly loadBalancers: Readonly<Record<string, readonly string[]>>
}

export interface MethodAdds {
  /** `integration.request.header.X-Consumer` and where its value comes from. */
  readonly requestParameters?: Readonly<Record<string, Mapping>>
  /** The key of an API must be sent. */
  readonly needsKey?: boolean
}

export interface MappedAdds {
  /** Request headers that the origin gets, and that are therefore part of the cache’s key. */
  readonly requestHeaders?: readonly string[]
  /** Request headers that are part of the cache’s key alone. */
  readonly keyHeaders?: readonly string[]
  readonly isCached?: boolean
  readonly requestParameters?: Readonly<Record<string, Mapping>>
  /** Headers of the answer, and where their values come from. */
  readonly responseHeaders?: Readonly<Record<string, Mapping>>
  /** Of answers with status 200. */
  readonly responseTemplates?: Readonly<Record<string, string>>
}

export type ApiCell<F extends keyof Cells> = Cell<F, ApiAdds>
