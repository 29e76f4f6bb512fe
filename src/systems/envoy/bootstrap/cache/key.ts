/** What makes two requests the same to the cache, where that is not host, path and query. */
import type { Cache } from '../../../../policy/features/cache/line.ts'
import { consumerHeader } from '../../../../policy/policy.ts'
import type { Site } from '../../../system.ts'
import type { LocationContext, PlacedFilter } from '../adds.ts'
import { fromKeyLua, toKeyLua } from '../assets/cache-key.lua.ts'
import { switchedOn, type YamlMap } from '../extension.ts'
import { set } from '../header-mutation.ts'
import { luaFilter, type Script } from '../lua-filter.ts'

const toKey: Script = { name: 'edge.cache-key', path: 'lua/to-cache-key.lua' }
const fromKey: Script = { name: 'edge.client-uri', path: 'lua/from-cache-key.lua' }

export interface OwnKey {
  readonly edge: YamlMap
  readonly origin: YamlMap
  readonly request: readonly YamlMap[]
}

/** Undefined where the filter’s own key is the policy’s. */
export function ownKey(cache: Cache, { manyWays, way }: LocationContext): OwnKey | undefined {
  if (hasFilterKey(cache) && !manyWays) return undefined
  const parts = [
    ...(cache.key.includes('consumer') ? [`%REQ(${consumerHeader})%`] : []),
    ...(manyWays ? [way.representation] : []),
    ...(cache.key.includes('query') ? ['%REQ(:path)%'] : []),
  ]
  return {
    edge: { [toKey.name]: switchedOn },
    origin: { [fromKey.name]: switchedOn },
    request: [set('x-edge-key', parts.join('|') || 'any')],
  }
}

export function hasFilterKey({ key }: Cache): boolean {
  return key.includes('query') && !key.includes('consumer')
}

export function keyFilters(site: Site): readonly PlacedFilter[] {
  return [
    { place: 'cache', filter: luaFilter(toKey, site), files: [{ path: toKey.path, language: 'lua', text: toKeyLua }] },
    {
      place: 'origin',
      filter: luaFilter(fromKey, site),
      files: [{ path: fromKey.path, language: 'lua', text: fromKeyLua }],
    },
  ]
}
