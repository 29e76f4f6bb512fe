import { type Location, locations } from '../../../policy/locations.ts'
import type { Policy } from '../../../policy/policy.ts'
import { addsOf, type Cells, cannotOf, supportOf } from '../../cell.ts'
import { type JsonData, writeJson } from '../../emit/json.ts'
import { anyMethod, type OpenApi, type PathItem } from '../../emit/openapi.ts'
import { fidelityOf, supportedPart } from '../../fidelity.ts'
import { hostAndPort, type NativeConfig, type Site } from '../../system.ts'
import type { ApiAdds } from './adds.ts'
import { mappedGet, proxied } from './methods.ts'
import { resourcesOf } from './resources.ts'
import { type MethodSetting, type StageFile, settingPath, type UsagePlan } from './stage.ts'

export const documentFile = 'openapi.json'
export const stageFile = 'stage.json'
const stageName = 'live'

/** The quota of an account in most regions, over all of its APIs. */
const account = { RateLimit: 10_000, BurstLimit: 5000 }

/** Collects what the cells add to the two files from which the emulator starts and a real API is made. */
export function compileApi(cells: Cells<ApiAdds>, policy: Policy, site: Site): NativeConfig {
  const possible = supportedPart(policy, { support: supportOf(cells), cannot: cannotOf(cells) })
  const all = addsOf(cells)
  return {
    files: [
      { path: documentFile, language: 'json', text: writeJson(documentOf(all, possible) as unknown as JsonData) },
      { path: stageFile, language: 'json', text: writeJson(stageOf(all, possible, site) as unknown as JsonData) },
    ],
    fidelity: fidelityOf(policy, cells),
  }
}

function documentOf(all: readonly ApiAdds[], policy: Policy): OpenApi {
  const gatewayResponses = Object.assign({}, ...all.map((adds) => adds.gatewayResponses?.(policy)))
  return {
    openapi: '3.0.1',
    info: { title: 'edgelab', version: '1' },
    paths: Object.fromEntries(resourcesIn(all, policy).map(({ resource, item }) => [resource, item])),
    ...(Object.keys(gatewayResponses).length > 0 && { 'x-amazon-apigateway-gateway-responses': gatewayResponses }),
    ...Object.assign({}, ...all.map((adds) => adds.document?.(policy))),
  }
}

interface Resource {
  readonly location: Location
  /** `/orders/{proxy+}` */
  readonly resource: string
  readonly item: PathItem
}

function resourcesIn(all: readonly ApiAdds[], policy: Policy): readonly Resource[] {
  return locations(policy).flatMap((location) => {
    const shared = all.flatMap((adds) => adds.method?.(location, policy) ?? [])
    const ofGet = all.flatMap((adds) => adds.mappedGet?.(location, policy) ?? [])
    return resourcesOf(location.path).map(({ path, isGreedy }) => ({
      location,
      resource: path,
      item: {
        ...(ofGet.length > 0 && { get: mappedGet(location, isGreedy, shared, ofGet) }),
        [anyMethod]: proxied(location, isGreedy, shared),
      },
    }))
  })
}

function stageOf(all: readonly ApiAdds[], policy: Policy, site: Site): StageFile {
  const origins = all.flatMap((adds) => adds.origins?.(policy, site) ?? [])
  const methods = resourcesIn(all, policy).flatMap(({ location, resource, item }) =>
    Object.keys(item).map((key) => ({
      location,
      resource,
      method: key === anyMethod ? 'ANY' : key.toUpperCase(),
    })),
  )
  const settings = methods.flatMap(({ location, resource, method }): MethodSetting[] => {
    const set = Object.assign({}, ...all.map((adds) => adds.setting?.(location, method, policy)))
    return Object.keys(set).length === 0 ? [] : [{ ResourcePath: settingPath(resource), HttpMethod: method, ...set }]
  })
  const plan: Partial<UsagePlan> = Object.assign({}, ...all.map((adds) => adds.usagePlan?.(policy)))
  const throttles = methods.flatMap(({ location, resource, method }) =>
    all.flatMap((adds) => {
      const throttle = adds.planThrottle?.(location, policy)
      return throttle ? [[`${resource}/${method}`, throttle] as const] : []
    }),
  )
  const isCached = settings.some(({ CachingEnabled }) => CachingEnabled)
  return {
    ApiType: 'REST',
    Stage: {
      StageName: stageName,
      Variables: Object.assign({}, ...origins.map(({ variables }) => variables)),
      CacheClusterEnabled: isCached,
      CacheClusterSize: '0.5',
      MethodSettings: settings,
    },
    ApiKeys: [],
    UsagePlans: plan.KeyIds?.length
      ? [
          {
            UsagePlanName: 'consumers',
            ApiStages: [{ Stage: stageName, ...(throttles.length > 0 && { Throttle: Object.fromEntries(throttles) }) }],
            KeyIds: [],
            ...plan,
          },
        ]
      : [],
    ...Object.assign({}, ...all.map((adds) => adds.stageFile?.(policy))),
    Account: account,
    Emulator: {
      Listen: hostAndPort(site.listen),
      LoadBalancers: Object.assign({}, ...origins.map(({ loadBalancers }) => loadBalancers)),
    },
  }
}
