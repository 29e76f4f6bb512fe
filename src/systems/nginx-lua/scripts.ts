/** What surrounds the cells of NGINX with Lua: where its modules are, what is loaded, and the guard of each location. */

import { policyFeatures } from '../../policy/features/index.ts'
import type { Policy } from '../../policy/policy.ts'
import { addsOf, type Cells } from '../cell.ts'
import { luaModule } from '../emit/lua.ts'
import { blank, type ConfNode, comment, directive, literal, luaBlock } from '../emit/nginx-conf.ts'
import type { Surroundings } from '../nginx-core/compile.ts'
import { consumerVariable } from '../nginx-core/names.ts'
import type { Site } from '../system.ts'
import type { LuaAdds } from './adds.ts'
import { refuseLua } from './assets/refuse.lua.ts'

/** Only the modules of the features that the policy uses. */
export function scripts(cells: Cells<LuaAdds>, policy: Policy, site: Site): Surroundings {
  const used = addsOf(
    cells,
    policyFeatures.filter((feature) => policy[feature].length > 0),
  )
  const modules = modulesOf(used, policy)
  const knowsConsumers = used.some(({ consumer }) => consumer?.(policy) !== undefined)
  return {
    main: [
      comment('The Lua module. Debian’s nginx loads it by these lines; OpenResty has it built in and no such files.'),
      directive('include', '/etc/nginx/modules-enabled/*.conf'),
      blank,
    ],
    http: settings(used, site, modules),
    guard: (location) => {
      const calls = used.flatMap(({ access }) => access?.(policy, location) ?? [])
      return [...(knowsConsumers ? [directive('set', consumerVariable, '')] : []), ...accessPhase(calls)]
    },
    ready: [
      comment('By Lua, so that ready means: Lua answers.'),
      luaBlock('content_by_lua_block', 'ngx.exit(ngx.HTTP_NO_CONTENT)'),
    ],
    files: [...modules].map(([name, text]) => ({
      path: `lua/${name.replaceAll('.', '/')}.lua`,
      language: 'lua',
      text,
    })),
  }
}

function accessPhase(calls: readonly string[]): readonly ConfNode[] {
  return [
    ...(calls.length > 1
      ? [comment('In one phase and in this order, unlike limit_req: a bad key costs no caller anything.')]
      : []),
    ...(calls.length > 0 ? [luaBlock('access_by_lua_block', calls.join('\n'))] : []),
  ]
}

function settings(used: readonly LuaAdds[], site: Site, modules: ReadonlyMap<string, string>): readonly ConfNode[] {
  const dicts = used.flatMap(({ sharedDicts = {} }) => Object.entries(sharedDicts))
  return [
    comment('The two semicolons keep the built-in path, where lua-resty-core is.'),
    directive('lua_package_path', literal(`${site.configDir}/lua/?.lua;;`)),
    ...dicts.map(([name, size]) => directive('lua_shared_dict', name, size)),
    ...(modules.size > 0
      ? [
          comment('nginx -t checks no Lua: loaded here, a mistake stops the start and not the first request.'),
          luaBlock('init_by_lua_block', [...modules.keys()].map((name) => `require "${name}"`).join('\n')),
        ]
      : []),
    blank,
  ]
}

/** Name as `require` takes it → source. What they share, the policy's data and refusing, comes first. */
function modulesOf(used: readonly LuaAdds[], policy: Policy): ReadonlyMap<string, string> {
  const data = Object.assign({}, ...used.map((adds) => adds.data?.(policy)))
  const own = used.flatMap(({ modules = {} }) => Object.entries(modules))
  return new Map([
    ...(Object.keys(data).length > 0 ? [['edge.policy', policyModule(data)] as const] : []),
    ...(own.length > 0 ? [['edge.refuse', refuseLua] as const] : []),
    ...own,
  ])
}

function policyModule(data: Parameters<typeof luaModule>[0]): string {
  return luaModule(data, [
    'What the policy says, as data: the key to its holder, the rate per second and the size of the buckets.',
  ])
}
