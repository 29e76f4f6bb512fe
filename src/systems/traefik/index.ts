import { type Cells, supportOf, traitsOf } from '../cell.ts'
import type { System } from '../system.ts'
import { apiKey } from './api-key.ts'
import { balancing } from './balancing.ts'
import { cache } from './cache.ts'
import { launch } from './launch.ts'
import type { TraefikAdds } from './native/adds.ts'
import { compileTraefik } from './native/compile.ts'
import { quota } from './quota.ts'
import { rateLimit } from './rate-limit.ts'
import { routes } from './routes.ts'
import { transform } from './transform.ts'

const cells: Cells<TraefikAdds> = { routes, balancing, cache, apiKey, rateLimit, transform, quota }

export const traefik: System = {
  id: 'traefik',
  title: 'Traefik',
  kind: 'proxy',
  summary:
    'A reverse proxy in Go with middlewares, made for containers that come and go; here with files, without plugins.',
  support: supportOf(cells),
  traits: traitsOf(cells),
  lacks: {
    'refusal-body':
      'Traefik refuses with a line of plain text. Its errors middleware puts another body there, which it must fetch from a service.',
  },
  compile: (policy, site) => compileTraefik(cells, policy, site),
  reach: { kind: 'launch', launch },
}
