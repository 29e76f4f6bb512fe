import { nginxArguments } from '../nginx-core/launch.ts'
import type { Launch } from '../system.ts'

export const launch: Launch = {
  image: 'nginx',
  executable: { kind: 'binary', names: ['nginx'], install: 'apt-get install nginx-light' },
  ...nginxArguments,
}
