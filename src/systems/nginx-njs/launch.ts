import { nginxImage } from '../nginx-core/image.ts'
import { modulesFolder, nginxArguments } from '../nginx-core/launch.ts'
import { nginxWheel } from '../nginx-core/wheel.ts'
import type { Launch } from '../system.ts'
import { dictionaryDirective } from './rate-limit.ts'

const install = 'apt-get install nginx-light libnginx-mod-http-js'

export const launch: Launch = {
  image: nginxImage,
  scripts: ['javascript'],
  executable: { kind: 'binary', names: ['nginx'], install, wheel: nginxWheel },
  ...nginxArguments,
  module: {
    what: 'its JavaScript module (njs)',
    install,
    asked: ['-V'],
    builtIn: /--add-module=\S*njs/,
    folder: modulesFolder,
    file: 'ngx_http_js_module.so',
    newer: [dictionaryDirective],
  },
}
