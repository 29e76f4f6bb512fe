import { locations } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import { addsOf, type Cells, supportOf } from '../cell.ts'
import { fidelityOf, supportedPart } from '../fidelity.ts'
import { hostAndPort, type Launch, type NativeConfig, readyPath, type Site } from '../system.ts'
import type { EdgeAdds } from './adds.ts'
import type { EdgeConfig, EdgeLocation } from './config.ts'
import { nodeImage } from './image.ts'

const configFile = 'edge.json'

/** What both programs rest on, below `src/systems/`. */
export const baseSources = [
  ...['config', 'read-config'].map((name) => `node-core/${name}.ts`),
  ...['connection', 'edge', 'refusal', 'request-check', 'request-context', 'server'].map(
    (name) => `node-core/server/${name}.ts`,
  ),
  ...['headers', 'informational', 'relay', 'upstream'].map((name) => `node-core/upstream/${name}.ts`),
]

/**
 * Collects what the cells add to the file that the programs read. Every setting is in it, so that whoever opens it sees
 * what can be set. JSON is the whole writer here: no value can become anything but a value.
 */
export function compileEdge(cells: Cells<EdgeAdds>, policy: Policy, site: Site): NativeConfig {
  const config = edgeConfig(addsOf(cells), supportedPart(policy, { support: supportOf(cells) }), site)
  return {
    files: [{ path: configFile, language: 'json', text: `${JSON.stringify(config, null, 2)}\n` }],
    fidelity: fidelityOf(policy, cells),
  }
}

function edgeConfig(all: readonly EdgeAdds[], policy: Policy, site: Site): EdgeConfig {
  return {
    listen: hostAndPort(site.listen),
    forwarded: true,
    keepAlive: true,
    gates: all.flatMap(({ filter }) => filter ?? []),
    origins: {},
    locations: locations(policy).map((location) =>
      Object.assign({} as EdgeLocation, ...all.map((adds) => adds.location?.(location, policy))),
    ),
    caches: [],
    apiKeys: [],
    rateLimits: [],
    transforms: [],
    ...Object.assign({}, ...all.map((adds) => adds.file?.(policy, site))),
  }
}

export function edgeLaunch(program: string): Launch {
  return {
    image: nodeImage,
    executable: { kind: 'program', program },
    args: ({ configDir }) => [`${configDir}/${configFile}`],
    readyPath,
  }
}
