import { hostAndPort } from '../system.ts'
import type { ApiCell } from './definition/adds.ts'
import { whyNoResource } from './definition/resources.ts'
import { hostOf, variableOf } from './definition/variables.ts'

export const routes: ApiCell<'routes'> = {
  support: {
    level: 'native',
    how: 'A prefix is two resources: the path itself, and {proxy+} for everything below it. An unknown path is answered with 403 “Missing Authentication Token”, not 404, because it might have been a call to AWS itself. The Host that the origin gets is that of the integration. One hostname is behind each origin, in a variable of the stage: API Gateway balances nothing, so that several instances need a load balancer in front of them.',
    docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html',
  },
  adds: {
    origins: ({ routes }, site) => {
      const names = [...new Set(routes.map(({ origin }) => origin))]
      return {
        variables: Object.fromEntries(names.map((name) => [variableOf(name), hostOf(name)])),
        loadBalancers: Object.fromEntries(
          names.map((name) => [hostOf(name), (site.origins[name] ?? []).map(hostAndPort)]),
        ),
      }
    },
    // Only the edge says who the consumer is; what a client says of it is overwritten.
    method: () => ({ requestParameters: { 'integration.request.header.X-Consumer': "''" } }),
  },
  cannot: ({ path }) => whyNoResource(path),
  fidelity: () => ({
    level: 'approximated',
    how: 'Resources with http_proxy integrations. What no resource takes gets 403 with MissingAuthenticationTokenException in place of a 404, and the origin gets the Host of the integration, not the client’s.',
  }),
}
