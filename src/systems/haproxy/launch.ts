import type { Launch, Site } from '../system.ts'
import { readyPath } from '../system.ts'

const configuration = ({ configDir }: Site): readonly string[] => ['-f', `${configDir}/haproxy.cfg`]

export const launch: Launch = {
  image: {
    name: 'haproxy',
    pinned: 'haproxy:3.4.7-alpine',
    offline: 'edgelab/haproxy:offline',
    offlineIs: 'HAProxy of Debian trixie (3.0)',
    packages: ['haproxy'],
  },
  executable: { kind: 'binary', names: ['haproxy'], install: 'apt-get install haproxy' },
  // -db: in the foreground, one process.
  args: (site) => ['-db', ...configuration(site)],
  // -dW: a warning is a refusal. With most of them HAProxy has understood something else than was meant.
  validate: (site) => ['-c', '-dW', ...configuration(site)],
  version: { args: ['-v'], pattern: /HAProxy version \d+(?:\.\d+)+/ },
  errorLine: /\[(ALERT|WARNING)\]/,
  readyPath,
}
