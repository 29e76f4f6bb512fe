/** From a policy to nginx.conf, the locations it includes, and Lua for what nginx alone cannot do. */
import { locations } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import { blank, type ConfNode, comment, directive, literal, luaBlock, writeNginxConf } from '../emit/nginx-conf.ts'
import { fidelityOf, supportedPart } from '../fidelity.ts'
import { cacheLines, cacheStore } from '../nginx-core/cache.ts'
import { edgeServer } from '../nginx-core/frame.ts'
import { locationBlocks } from '../nginx-core/location-blocks.ts'
import { mainContext } from '../nginx-core/main.ts'
import { proxySettings, requestHeaders } from '../nginx-core/proxying.ts'
import { upstreams } from '../nginx-core/upstreams.ts'
import type { NativeConfig, Site } from '../system.ts'
import { carried } from './fidelity.ts'
import { consumerVariable, guard, knowsConsumers } from './guard.ts'
import { luaFiles, luaModules } from './modules.ts'
import { support } from './support.ts'
import {
  innerServerBlocks,
  innerServers,
  representationVariable,
  throughTransform,
  transformMaps,
} from './transform.ts'

/** Pure. Throws TypeError where a name or path holds what no nginx configuration can say (NUL). */
export function compile(policy: Policy, site: Site): NativeConfig {
  const possible = supportedPart(policy, support)
  const inner = innerServers(possible, site)
  const modules = luaModules(possible)
  const consumer = knowsConsumers(possible) ? consumerVariable : ''
  const { nodes, files } = locationBlocks(locations(possible), (location): readonly ConfNode[] => [
    ...guard(possible, location),
    blank,
    ...cacheLines(location, {
      ...(location.apiKey ? { consumer } : {}),
      ...(location.transform ? { representation: representationVariable(possible, location.transform) } : {}),
    }),
    blank,
    ...requestHeaders(location, consumer),
    ...throughTransform(possible, location, inner),
  ])
  const main = mainContext(
    site,
    [
      comment('The Lua module. Debian’s nginx loads it by these lines; OpenResty has it built in and no such files.'),
      directive('include', '/etc/nginx/modules-enabled/*.conf'),
      blank,
    ],
    [
      ...luaSettings(possible, site, modules),
      ...proxySettings,
      blank,
      ...cacheStore(possible, site),
      ...transformMaps(possible, inner),
      ...upstreams(possible, site),
      edgeServer(
        possible,
        site,
        [
          comment('By Lua, so that ready means: Lua answers.'),
          luaBlock('content_by_lua_block', 'ngx.exit(ngx.HTTP_NO_CONTENT)'),
        ],
        nodes,
      ),
      ...innerServerBlocks(inner),
    ],
  )
  return {
    files: [{ path: 'nginx.conf', language: 'nginx', text: writeNginxConf(main) }, ...files, ...luaFiles(modules)],
    fidelity: fidelityOf(policy, support, (line) => carried(policy, line)),
  }
}

function luaSettings(policy: Policy, site: Site, modules: ReadonlyMap<string, string>): readonly ConfNode[] {
  return [
    comment('The two semicolons keep the built-in path, where lua-resty-core is.'),
    directive('lua_package_path', literal(`${site.configDir}/lua/?.lua;;`)),
    ...(policy.rateLimit.length > 0 ? [directive('lua_shared_dict', 'buckets', '1m')] : []),
    ...(modules.size > 0
      ? [
          comment('nginx -t checks no Lua: loaded here, a mistake stops the start and not the first request.'),
          luaBlock('init_by_lua_block', [...modules.keys()].map((name) => `require "${name}"`).join('\n')),
        ]
      : []),
    blank,
  ]
}
