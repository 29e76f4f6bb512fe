import type { Launch, Site } from '../system.ts'
import { readyPath } from '../system.ts'

const configuration = ({ configDir }: Site): string => `${configDir}/kong.conf`

export const launch: Launch = {
  image: {
    name: 'kong',
    pinned: 'kong:3.9.3',
    offline: null,
    whyNotBuilt: 'neither Debian nor PyPI has a package of Kong',
  },
  scripts: ['lua'],
  executable: { kind: 'binary', names: ['kong'], install: 'docker pull kong:3.9.3, and --runtime containers' },
  args: (site) => ['start', '--conf', configuration(site)],
  validate: (site) => ['config', '--conf', configuration(site), 'parse', `${site.configDir}/kong.yml`],
  version: { args: ['version'], pattern: /\d+\.\d+\.\d+/ },
  errorLine: /^Error:|\[(?:emerg|alert|crit)\]|error parsing declarative config/,
  readyPath,
}
