/** Scripts that Envoy runs: each a file, with the folder in which it finds its modules. */
import type { Site } from '../../system.ts'
import { extension, type YamlMap } from './extension.ts'

/** `path` is relative to the folder of the configuration. */
export interface Script {
  readonly name: string
  readonly path: string
}

export function luaFilter({ name, path }: Script, { configDir }: Site): YamlMap {
  return extension(name, 'envoy.extensions.filters.http.lua.v3.Lua', {
    default_source_code: { filename: `${configDir}/${path}` },
    package_paths: [`${configDir}/lua/?.lua`],
    // What scripts of ours change makes no other route right.
    clear_route_cache: false,
  })
}
