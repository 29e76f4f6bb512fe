import { invalidationDiffers } from '../nginx-core/cache-fidelity.ts'
import { cacheLockPollMs } from '../nginx-core/lock-poll.ts'
import type { System } from '../system.ts'
import { compile } from './compile.ts'
import { launch } from './launch.ts'
import { support } from './support.ts'

export const nginxLua: System = {
  id: 'nginx-lua',
  title: 'NGINX with Lua',
  kind: 'gateway',
  summary: 'The same NGINX made a gateway by scripts of one’s own, as OpenResty does it.',
  buildsOn: 'nginx',
  support,
  cacheLockPollMs,
  lacks: { invalidation: invalidationDiffers },
  compile,
  launch,
}
