/** Reads `edge.json`. People edit it, so every mistake is named by its place, all at once. */
import { z } from 'zod'
import { inspect, mistakeLine } from '../../mistakes/inspect.ts'
import { quotaPeriods } from '../../policy/features/quota/line.ts'
import { type EdgeConfig, type FilterName, filterNames } from './config.ts'

const address = z.string().regex(/^.+:\d{1,5}$/, 'an address is written "host:port"')
const text = z.string()
const amount = z.number().positive()
const place = z.int().min(0).exactOptional()

const shape = z.strictObject({
  listen: address,
  forwarded: z.boolean(),
  keepAlive: z.boolean(),
  gates: z.array(z.enum(filterNames)),
  origins: z.record(
    text,
    z.strictObject({
      instances: z.array(address).min(1),
      balance: z.enum(['round-robin', 'least-connections', 'weighted']),
      weights: z.array(amount).exactOptional(),
    }),
  ),
  locations: z.array(
    z.strictObject({
      ...{ path: text, origin: text, cache: place },
      ...{ apiKey: place, rateLimit: place, transform: place, quota: place },
    }),
  ),
  caches: z.array(
    z.strictObject({
      path: text,
      ttlMs: z.number().min(0),
      key: z.array(z.enum(['path', 'query', 'consumer', 'representation'])),
      coalesce: z.boolean(),
      staleOnErrorMs: z.number().min(0),
    }),
  ),
  apiKeys: z.array(
    z.strictObject({ path: text, header: text, consumers: z.array(z.strictObject({ name: text, key: text })) }),
  ),
  rateLimits: z.array(
    z.strictObject({ path: text, ratePerSecond: amount, burst: z.int().min(1), per: z.enum(['consumer', 'address']) }),
  ),
  transforms: z.array(z.array(z.strictObject({ accept: text, as: z.enum(['xml', 'compact-json']) }))),
  quotas: z.array(z.strictObject({ path: text, requests: amount, period: z.enum(quotaPeriods) })).exactOptional(),
}) satisfies z.ZodType<EdgeConfig>

/** `filters`: those that the program has. Throws an Error whose message has a line for each mistake. */
export function readConfig(json: string, filters: readonly FilterName[]): EdgeConfig {
  const read = inspect(shape, parsed(json))
  const mistakes = read.mistakes
    ? read.mistakes.map((mistake) => mistakeLine(mistake, 'the document'))
    : [
        ...wrongFilters(read.data.gates, filters),
        ...read.data.locations.flatMap((each, n) => missing(each, n, read.data)),
      ]
  if (read.mistakes || mistakes.length > 0) throw new Error(mistakes.map((line) => `  ${line}`).join('\n'))
  return read.data
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new Error(`  not JSON: ${(error as Error).message}`, { cause: error })
  }
}

function wrongFilters(given: readonly FilterName[], own: readonly FilterName[]): readonly string[] {
  const complete = given.length === own.length && own.every((filter) => given.includes(filter))
  if (complete) return []
  return [own.length === 0 ? 'gates: this program has none' : `gates: each of ${own.join(', ')} once, in any order`]
}

/** A location whose limit or key list is missing would be open, so the program refuses such a file. */
function missing(location: EdgeConfig['locations'][number], n: number, config: EdgeConfig): readonly string[] {
  const lists = {
    cache: config.caches,
    apiKey: config.apiKeys,
    rateLimit: config.rateLimits,
    transform: config.transforms,
    quota: config.quotas ?? [],
  }
  const places = Object.entries(lists).flatMap(([name, list]) => {
    const index = location[name as keyof typeof lists]
    return index === undefined || index < list.length ? [] : [`locations.${n}.${name}: there is no number ${index}`]
  })
  return Object.hasOwn(config.origins, location.origin)
    ? places
    : [...places, `locations.${n}.origin: there is no origin ${location.origin}`]
}
