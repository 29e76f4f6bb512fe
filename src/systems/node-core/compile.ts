import { locations } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import { hostAndPort, type Launch, type NativeFile, type ProgramName, readyPath, type Site } from '../system.ts'
import type { EdgeConfig, EdgeLocation, EdgeOrigin, GateName } from './config.ts'

const configFile = 'edge.json'

/**
 * A policy as the programs read it, with every setting, so that whoever opens the file sees what can be set. JSON is the
 * whole writer here: no value can become anything but a value. `gates`: those that the program has.
 */
export function edgeFile(policy: Policy, site: Site, gates: readonly GateName[]): NativeFile {
  return { path: configFile, language: 'json', text: `${JSON.stringify(edgeConfig(policy, site, gates), null, 2)}\n` }
}

export function edgeLaunch(program: ProgramName): Launch {
  return {
    image: 'node',
    executable: { kind: 'program', program },
    args: ({ configDir }) => [`${configDir}/${configFile}`],
    readyPath,
  }
}

function edgeConfig(policy: Policy, { listen, origins }: Site, gates: readonly GateName[]): EdgeConfig {
  const found = locations(policy)
  return {
    listen: hostAndPort(listen),
    forwarded: true,
    keepAlive: true,
    gates,
    origins: Object.fromEntries(
      found.map(({ route, balancing: { method, weights } }): [string, EdgeOrigin] => [
        route.origin,
        {
          instances: (origins[route.origin] ?? []).map(hostAndPort),
          balance: method,
          ...(weights && { weights }),
        },
      ]),
    ),
    locations: found.map(
      ({ path, route, cache, apiKey, rateLimit, transform }): EdgeLocation => ({
        path,
        origin: route.origin,
        ...(cache && { cache: policy.cache.indexOf(cache) }),
        ...(apiKey && { apiKey: policy.apiKey.indexOf(apiKey) }),
        ...(rateLimit && { rateLimit: policy.rateLimit.indexOf(rateLimit) }),
        ...(transform && { transform: policy.transform.indexOf(transform) }),
      }),
    ),
    caches: policy.cache,
    apiKeys: policy.apiKey,
    rateLimits: policy.rateLimit,
    transforms: policy.transform.map(({ representations }) => representations),
  }
}
