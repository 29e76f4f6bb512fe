import { consumerVariable } from '../nginx-core/names.ts'
import type { LuaCell } from './adds.ts'
import { quotaLua } from './assets/quota.lua.ts'

export const quota: LuaCell<'quota'> = {
  support: {
    level: 'script',
    how: 'A count for each consumer and period in a shared dictionary, added to after the rate limit in the same phase. It outlasts a reload and not a restart, and each machine counts for itself: a quota that is money wants a store such as Redis, and a client for it.',
    docs: 'https://github.com/openresty/lua-nginx-module#ngxshareddictincr',
  },
  adds: {
    consumer: ({ quota }) => (quota.length > 0 ? consumerVariable : undefined),
    access: (policy, { quota }) => quota && `require("edge.quota").take(${policy.quota.indexOf(quota) + 1})`,
    modules: { 'edge.quota': quotaLua },
    sharedDicts: { quotas: '1m' },
    data: ({ quota }) => ({ quotas: quota.map(({ requests, period }) => ({ requests, period })) }),
  },
  fidelity: ({ requests, period }) => ({
    level: 'approximated',
    how: `access_by_lua_block with edge/quota.lua, after the rate limit: ${requests} a ${period} (UTC) for each verified consumer, in a shared dictionary, so that a restart begins anew. Retry-After says when the next ${period} begins.`,
  }),
}
