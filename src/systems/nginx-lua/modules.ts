/** The Lua files of a configuration: only those of the features that the policy uses. */
import type { Policy } from '../../policy/policy.ts'
import { luaModule } from '../emit/lua.ts'
import { headerValue, headerVariable } from '../nginx-core/names.ts'
import type { NativeFile } from '../system.ts'
import { bucketLua } from './assets/bucket.lua.ts'
import { compactLua } from './assets/compact.lua.ts'
import { jsonLua } from './assets/json.lua.ts'
import { keysLua } from './assets/keys.lua.ts'
import { refuseLua } from './assets/refuse.lua.ts'
import { transformLua } from './assets/transform.lua.ts'
import { xmlLua } from './assets/xml.lua.ts'

/** Name as `require` takes it → source. */
export function luaModules(policy: Policy): ReadonlyMap<string, string> {
  const keys = policy.apiKey.length > 0
  const limits = policy.rateLimit.length > 0
  const transforms = policy.transform.length > 0
  return new Map([
    ...(keys || limits ? [['edge.policy', policyData(policy)] as const] : []),
    ...(keys || limits || transforms ? [['edge.refuse', refuseLua] as const] : []),
    ...(keys ? [['edge.keys', keysLua] as const] : []),
    ...(limits ? [['edge.bucket', bucketLua] as const] : []),
    ...(transforms
      ? ([
          ['edge.json', jsonLua],
          ['edge.xml', xmlLua],
          ['edge.compact', compactLua],
          ['edge.transform', transformLua],
        ] as const)
      : []),
  ])
}

export function luaFiles(modules: ReadonlyMap<string, string>): readonly NativeFile[] {
  return [...modules].map(([name, text]) => ({ path: `lua/${name.replaceAll('.', '/')}.lua`, language: 'lua', text }))
}

function policyData(policy: Policy): string {
  return luaModule(
    {
      ...(policy.apiKey.length > 0
        ? {
            keys: policy.apiKey.map(({ header, consumers }) => ({
              variable: headerVariable(header).slice(1),
              consumers: Object.fromEntries(consumers.map(({ name, key }) => [key, headerValue(name)])),
            })),
          }
        : {}),
      ...(policy.rateLimit.length > 0
        ? { limits: policy.rateLimit.map(({ ratePerSecond, burst, per }) => ({ rate: ratePerSecond, burst, per })) }
        : {}),
    },
    ['What the policy says, as data: the key to its holder, the rate per second and the size of the buckets.'],
  )
}
