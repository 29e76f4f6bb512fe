import { nginxImage } from '../nginx-core/image.ts'
import { nginxArguments } from '../nginx-core/launch.ts'
import { nginxWheel } from '../nginx-core/wheel.ts'
import type { Launch } from '../system.ts'

export const launch: Launch = {
  image: nginxImage,
  executable: { kind: 'binary', names: ['nginx'], install: 'apt-get install nginx-light', wheel: nginxWheel },
  ...nginxArguments,
}
