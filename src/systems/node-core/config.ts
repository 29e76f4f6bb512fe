/** What our own proxy and gateway are told: one JSON file. */
import { type Location, locations } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import type { Address, Launch, NativeFile, ProgramName, Site } from '../system.ts'
import { readyPath } from '../system.ts'

export interface EdgeConfig {
  readonly listen: Address
  readonly origins: Readonly<Record<string, readonly Address[]>>
  /** Longest path first. */
  readonly locations: readonly Location[]
}

const configFile = 'edge.json'

export function edgeFile(policy: Policy, { listen, origins }: Site): NativeFile {
  const config: EdgeConfig = { listen, origins, locations: locations(policy) }
  return { path: configFile, language: 'json', text: `${JSON.stringify(config, null, 2)}\n` }
}

export function edgeLaunch(program: ProgramName): Launch {
  return {
    image: 'node',
    executable: { kind: 'program', program },
    args: ({ configDir }) => [`${configDir}/${configFile}`],
    readyPath,
  }
}
