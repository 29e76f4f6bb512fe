import type { ApiCell } from './definition/adds.ts'

export const balancing: ApiCell<'balancing'> = {
  support: {
    level: 'none',
    how: 'An integration names one host, and API Gateway balances nothing. Several instances of an origin stand behind a load balancer of their own, a Network or Application Load Balancer that is configured, and paid for, beside the API. Here the emulator plays one that goes round robin.',
    docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html',
  },
}
