import type { Image } from '../system.ts'

/** The official one has njs as a module to load; so nginx with and without it run from the same image. */
export const nginxImage: Image = {
  name: 'nginx',
  pinned: 'nginx:1.30.7-alpine',
  offline: 'edgelab/nginx:offline',
  offlineIs: 'NGINX of Debian trixie with its JavaScript module',
  packages: ['nginx-light', 'libnginx-mod-http-js'],
}
