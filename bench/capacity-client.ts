/**
 * `capacity-client.ts <autocannon|undici> <url> <seconds>`: another client's closed loop in a process of its own; prints
 * a Capacity as JSON, and `autocannon-by-second` the medians of its seconds, µs. A second of warm-up comes first, so that the compiler's work is not counted.
 */
import autocannon from 'autocannon'
import { Pool } from 'undici'
import { newHistogram, percentileUs, recordMs } from '../src/traffic/measure/histogram.ts'
import type { Capacity } from './capacity.ts'

const connections = 50
const [client, url, seconds] = process.argv.slice(2) as [
  'autocannon' | 'autocannon-by-second' | 'undici',
  string,
  string,
]
if (client === 'autocannon-by-second') {
  process.stdout.write(JSON.stringify(await cannonBySecond(Number(seconds))))
  process.exit()
}
const load = client === 'autocannon' ? cannon : undici
await load(1)
const cpuBefore = process.cpuUsage()
const { requests, ms, p50Us } = await load(Number(seconds))
const { user, system } = process.cpuUsage(cpuBefore)
const capacity: Capacity = { perSecond: (requests / ms) * 1000, cpuUsPerRequest: (user + system) / requests, p50Us }
process.stdout.write(JSON.stringify(capacity))

interface Loaded {
  readonly requests: number
  readonly ms: number
  readonly p50Us: number | null
}

/** Without a rate there is no correction to switch off. Its result knows whole milliseconds only: no median is taken. */
async function cannon(duration: number): Promise<Loaded> {
  const result = await autocannon({ url, connections, duration })
  return { requests: result.requests.total, ms: result.duration * 1000, p50Us: null }
}

/** As it is, with the ten connections that it opens by itself, and its own microseconds. */
async function cannonBySecond(duration: number): Promise<readonly number[]> {
  const run = autocannon({ url, duration }) as unknown as autocannon.Instance & PromiseLike<unknown>
  const medians: number[] = []
  let second = newHistogram()
  run.on('response', (_client, _status, _bytes, ms) => recordMs(second, ms))
  const ticker = setInterval(() => {
    medians.push(percentileUs(second, 50))
    second = newHistogram()
  }, 1000)
  await run
  clearInterval(ticker)
  return medians
}

async function undici(duration: number): Promise<Loaded> {
  const pool = new Pool(new URL(url).origin, { connections, pipelining: 1 })
  const service = newHistogram()
  const startedAt = performance.now()
  const end = startedAt + duration * 1000
  let requests = 0
  const loop = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const next = (): void => {
        const sentAt = performance.now()
        if (sentAt >= end) return resolve()
        pool.dispatch(
          { path: '/', method: 'GET' },
          {
            onRequestStart: () => undefined,
            onResponseStart: () => undefined,
            onResponseData: () => undefined,
            onResponseEnd: () => {
              requests += 1
              recordMs(service, performance.now() - sentAt)
              next()
            },
            onResponseError: (_controller, error) => reject(error),
          },
        )
      }
      next()
    })
  await Promise.all(Array.from({ length: connections }, loop))
  const ms = performance.now() - startedAt
  await pool.close()
  return { requests, ms, p50Us: percentileUs(service, 50) }
}
