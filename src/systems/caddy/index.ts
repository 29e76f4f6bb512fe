import { type Cells, supportOf, traitsOf } from '../cell.ts'
import type { System } from '../system.ts'
import { apiKey } from './api-key.ts'
import { balancing } from './balancing.ts'
import { cache } from './cache.ts'
import { launch } from './launch.ts'
import type { CaddyAdds } from './native/adds.ts'
import { compileCaddy } from './native/compile.ts'
import { quota } from './quota.ts'
import { rateLimit } from './rate-limit.ts'
import { routes } from './routes.ts'
import { transform } from './transform.ts'

const cells: Cells<CaddyAdds> = { routes, balancing, cache, apiKey, rateLimit, transform, quota }

export const caddy: System = {
  id: 'caddy',
  title: 'Caddy',
  kind: 'proxy',
  summary:
    'A web server and reverse proxy in Go, known for its automatic certificates; as it is delivered, without modules.',
  support: supportOf(cells),
  traits: traitsOf(cells),
  compile: (policy, site) => compileCaddy(cells, policy, site),
  reach: { kind: 'launch', launch },
}
