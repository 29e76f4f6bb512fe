import { nginxArguments } from '../nginx-core/launch.ts'
import type { Launch } from '../system.ts'

const install = 'apt-get install nginx-light libnginx-mod-http-lua'

export const launch: Launch = {
  image: 'openresty',
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
