/**
 * Whether the referee is right about a server that closes connections now and then: against one in its own process, which
 * answers after a while with the path that it was asked for, and knows itself how long it took.
 */
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { get } from '../../http/request.ts'
import { newHistogram, percentileUs, recordMs } from '../measure/histogram.ts'
import { fire } from './cannon.ts'
import type { SelfTest } from './shapes.ts'

const answerAfterMs = 5
const requestsPerConnection = 10
const paths = Array.from({ length: 16 }, (_, n) => `/${n}`)
/**
 * The referee’s median may be so much longer than the server’s own: loopback and a busy machine make it up to half as long
 * again. Where answers are counted as those of older requests it is six times as long.
 */
const mostRatio = 3
/** With fewer closed, nothing was tried. */
const leastClosed = 20

export async function selfTest(tool: string, { mended = true } = {}): Promise<SelfTest> {
  const took = newHistogram()
  const answers = new WeakMap<Socket, number>()
  let closed = 0
  const server = createServer((request, response) => {
    const began = performance.now()
    const nth = (answers.get(request.socket) ?? 0) + 1
    answers.set(request.socket, nth)
    if (nth === requestsPerConnection) response.setHeader('connection', 'close')
    setTimeout(() => {
      recordMs(took, performance.now() - began)
      response.end(request.url)
    }, answerAfterMs)
  })
  server.on('connection', (socket) =>
    socket.on('close', () => {
      closed += 1
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  let matched = 0
  let mixedUp = 0
  try {
    const requests = paths.map((path) => get(path))
    const target = { host: '127.0.0.1', port }
    const plan = { target, connections: 10, warmUpMs: 0, durationMs: 700, timeoutMs: 5000, requests }
    const answered = (path: string, body: string): void => {
      if (path === body) matched += 1
      else mixedUp += 1
    }
    const { latency } = await fire(plan, new AbortController().signal, { mended, answered })
    const [seen, own] = [percentileUs(latency, 50), percentileUs(took, 50)]
    const ms = (us: number): string => `${(us / 1000).toFixed(1)} ms`
    const holds = closed >= leastClosed && matched > 0 && mixedUp === 0 && seen <= mostRatio * own
    const words = `of a server that closed ${closed} connections and took ${ms(own)} it told ${ms(seen)}, and mixed up ${mixedUp} of ${matched + mixedUp} answers`
    return { tool, holds, seen: `In its self-test, ${words}.` }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
