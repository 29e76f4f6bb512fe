import { invalidationDiffers } from '../nginx-core/cache-fidelity.ts'
import { cacheLockPollMs } from '../nginx-core/lock-poll.ts'
import type { System } from '../system.ts'
import { compile } from './compile.ts'
import { launch } from './launch.ts'
import { support } from './support.ts'

export const nginx: System = {
  id: 'nginx',
  title: 'NGINX',
  kind: 'proxy',
  summary: 'The most used reverse proxy, with its own directives only: no scripting.',
  support,
  cacheLockPollMs,
  lacks: { invalidation: invalidationDiffers },
  compile,
  launch,
}
