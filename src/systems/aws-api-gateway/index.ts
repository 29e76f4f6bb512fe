/** Amazon API Gateway, which cannot run here: an emulation of its REST APIs after AWS’s documentation. */
import { type Cells, cannotOf, supportOf, traitsOf } from '../cell.ts'
import type { System } from '../system.ts'
import { apiKey } from './api-key.ts'
import { balancing } from './balancing.ts'
import { cache } from './cache.ts'
import type { ApiAdds } from './definition/adds.ts'
import { compileApi } from './definition/compile.ts'
import { launch } from './launch.ts'
import { quota } from './quota.ts'
import { rateLimit } from './rate-limit.ts'
import { routes } from './routes.ts'
import { transform } from './transform.ts'

const cells: Cells<ApiAdds> = { routes, balancing, cache, apiKey, rateLimit, transform, quota }

export const awsApiGateway: System = {
  id: 'aws-api-gateway',
  title: 'AWS API Gateway',
  kind: 'managed',
  summary: 'Amazon’s managed gateway, emulated from its documentation: what it does, never how fast.',
  support: supportOf(cells),
  traits: traitsOf(cells),
  cannot: cannotOf(cells),
  lacks: {
    'not-found': 'API Gateway answers 403 “Missing Authentication Token” where no resource takes a path.',
    unauthorized: 'API Gateway answers 403 “Forbidden” where a key is missing or wrong, without WWW-Authenticate.',
    host: 'The origin gets the Host of the integration’s address, in place of the client’s.',
    'query-key':
      'The key of the cache has query parameters that are declared by name, and the policy names none: none of them counts.',
    'cache-status': 'No header of API Gateway tells whether an answer came from the cache.',
    coalescing: 'Requests that wait for the same answer each ask the origin.',
    'stale-on-error': 'The cache gives nothing after its time.',
    sharing: 'The cache does not read what the origin says of keeping: private, no-store, Set-Cookie and Vary.',
    invalidation: 'An unsafe method takes nothing out of the cache; Cache-Control: max-age=0 of a client does.',
  },
  compile: (policy, site) => compileApi(cells, policy, site),
  reach: { kind: 'launch', launch },
}
