/** The lines of a location that decide whether a request may pass. */
import type { Location } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import { type ConfNode, comment, directive, luaBlock } from '../emit/nginx-conf.ts'

/** The variable with the verified consumer, in every location of a policy that has keys or limits. */
export const consumerVariable = '$consumer'

/** True where the Lua of any location reads or writes the consumer. */
export function knowsConsumers({ apiKey, rateLimit }: Policy): boolean {
  return apiKey.length > 0 || rateLimit.length > 0
}

export function guard(policy: Policy, { apiKey, rateLimit }: Location): readonly ConfNode[] {
  const calls = [
    ...(apiKey ? [`require("edge.keys").check(${policy.apiKey.indexOf(apiKey) + 1})`] : []),
    ...(rateLimit ? [`require("edge.bucket").take(${policy.rateLimit.indexOf(rateLimit) + 1})`] : []),
  ]
  return [
    ...(knowsConsumers(policy) ? [directive('set', consumerVariable, '')] : []),
    ...(calls.length > 0
      ? [
          ...(calls.length > 1
            ? [comment('In one phase and in this order, unlike limit_req: a bad key costs no caller anything.')]
            : []),
          luaBlock('access_by_lua_block', calls.join('\n')),
        ]
      : []),
  ]
}
