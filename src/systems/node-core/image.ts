import type { Image } from '../system.ts'

/** What every program of EdgeLab's own runs in: drivers and origins, too. */
export const nodeImage: Image = {
  name: 'node',
  pinned: 'node:24.21.0-trixie-slim',
  offline: 'edgelab/node:offline',
  offlineIs: 'the pinned Node on a minimal Debian',
  packages: ['libstdc++6'],
  holdsNode: true,
}
