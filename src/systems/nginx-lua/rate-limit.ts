import { consumerVariable } from '../nginx-core/names.ts'
import type { LuaCell } from './adds.ts'
import { bucketLua } from './assets/bucket.lua.ts'

export const rateLimit: LuaCell<'rateLimit'> = {
  support: {
    level: 'script',
    how: 'A token bucket in a shared dictionary, taken from after the key check in the same phase: so it counts verified consumers only, and can tell what is left and when to come back. The price is that reading and writing it are two steps: exact with one worker, a little generous with several.',
    docs: 'https://github.com/openresty/lua-nginx-module#ngxshareddict',
  },
  traits: { limiting: 'bucket' },
  adds: {
    // The bucket is the consumer's, so that the variable is there although nobody may ever set it.
    consumer: ({ rateLimit }) => (rateLimit.length > 0 ? consumerVariable : undefined),
    access: (policy, { rateLimit }) =>
      rateLimit && `require("edge.bucket").take(${policy.rateLimit.indexOf(rateLimit) + 1})`,
    modules: { 'edge.bucket': bucketLua },
    sharedDicts: { buckets: '1m' },
    data: ({ rateLimit }) => ({
      limits: rateLimit.map(({ ratePerSecond, burst, per }) => ({ rate: ratePerSecond, burst, per })),
    }),
  },
  fidelity: ({ burst, per }) => {
    const whose =
      per === 'consumer' ? 'of the verified consumer, or of the address where nobody is known' : 'of the address'
    return {
      level: 'exact',
      how: `access_by_lua_block with edge/bucket.lua, after the key check: a token bucket of ${burst} ${whose}, in a shared dictionary. RateLimit-Remaining and Retry-After are read from the bucket.`,
    }
  },
}
