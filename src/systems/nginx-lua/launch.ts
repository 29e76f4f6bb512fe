import { nginxArguments } from '../nginx-core/launch.ts'
import type { Launch } from '../system.ts'

const install = 'apt-get install nginx-light libnginx-mod-http-lua'

export const launch: Launch = {
  image: {
    name: 'openresty',
    pinned: 'openresty/openresty:1.31.1.1-0-alpine',
    offline: 'edgelab/nginx-lua:offline',
    offlineIs: 'NGINX of Debian trixie with its Lua module, in OpenResty’s place',
    packages: ['nginx-light', 'libnginx-mod-http-lua', 'lua-cjson'],
  },
  scripts: ['lua'],
  executable: { kind: 'binary', names: ['openresty', 'nginx'], install },
  ...nginxArguments,
  requires: [
    {
      what: 'the Lua module of nginx',
      anyOf: ['/etc/nginx/modules-enabled/50-mod-http-lua.conf', '/usr/local/openresty/luajit/bin/luajit'],
      install,
    },
  ],
}
