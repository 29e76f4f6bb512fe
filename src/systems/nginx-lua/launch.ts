import { modulesFolder, nginxArguments } from '../nginx-core/launch.ts'
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
  module: {
    what: 'its Lua module',
    install,
    asked: ['-V'],
    builtIn: /--add-module=\S*ngx_lua/,
    folder: modulesFolder,
    file: 'ngx_http_lua_module.so',
    newer: [],
  },
}
