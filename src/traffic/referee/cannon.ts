/**
 * autocannon’s closed loop. Two things of it are set right here: how it connects again, and what is taken from it.
 *
 * When a server closes a kept connection, autocannon connects again without forgetting the request that went down with
 * it: from then on every answer is counted as that of an older request, its time with it, one more for each connection
 * closed. NGINX closes each after 1,000 requests. So the queue of a connection is emptied before it connects again.
 */
import autocannon from 'autocannon'
import type { Request } from '../../http/request.ts'
import { encodeHistogram, newHistogram, recordMs } from '../measure/histogram.ts'
import type { Refereed, RefereePlan } from './shapes.ts'

/** Of autocannon 9.0.0; the self-test notices when it is otherwise. */
interface Connecting {
  _connect(): unknown
  readonly pipelinedRequests: { clear(): void }
}

export interface Firing {
  /** False for the negative control of the self-test alone. */
  readonly mended: boolean
  /** For each answer, the path that autocannon takes it for, and its body. */
  readonly answered?: (path: string, body: string) => void
}

/** It looks up whether it is to stop this often, milliseconds; at its own second, it would run that much longer. */
const sampleMs = 50

export async function fire(
  { target, connections, warmUpMs, durationMs, timeoutMs, requests }: RefereePlan,
  signal: AbortSignal,
  { mended, answered: tell }: Firing = { mended: true },
): Promise<Refereed> {
  const latency = newHistogram()
  let answered = 0
  let errors = 0
  let nth = 0
  const asked = requests.map((request) => askedOf(request, tell))
  // Its own correction of latencies, which makes up answers, is off where no rate is asked for.
  const run = autocannon({
    url: `http://${target.host}:${target.port}`,
    connections,
    duration: Math.ceil((warmUpMs + durationMs) / 1000) + 5,
    sampleInt: sampleMs,
    timeout: Math.ceil(timeoutMs / 1000),
    requests: asked.slice(0, 1),
    setupClient: (client) => {
      const first = nth % asked.length
      nth += 1
      client.setRequests([...asked.slice(first), ...asked.slice(0, first)])
      if (mended) mend(client as unknown as Connecting)
    },
  } as autocannon.Options) as unknown as autocannon.Instance & PromiseLike<autocannon.Result>
  // Making ready took a while, and was none of the server's.
  const from = performance.now() + warmUpMs
  const to = from + durationMs
  run.on('response', (_client, status, _bytes, ms) => {
    const now = performance.now()
    if (now < from || now >= to) return
    answered += 1
    if (status >= 500) errors += 1
    // It tells milliseconds with their fractions here, and whole ones in its result.
    recordMs(latency, ms)
  })
  run.on('reqError', () => {
    errors += 1
  })
  const stop = (): void => run.stop()
  const timer = setTimeout(stop, warmUpMs + durationMs)
  signal.addEventListener('abort', stop)
  try {
    await run
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
  return { answered, errors, durationMs, latency: encodeHistogram(latency) }
}

function mend(client: Connecting): void {
  const connect = client._connect
  client._connect = function (this: Connecting) {
    this.pipelinedRequests.clear()
    return connect.call(this)
  }
}

function askedOf({ method, path, headers, body }: Request, tell: Firing['answered']): autocannon.Request {
  return {
    method: method as 'GET',
    path,
    headers: Object.fromEntries(headers),
    ...(body === undefined ? {} : { body }),
    ...(tell ? { onResponse: (_status: number, text: string) => tell(path, text) } : {}),
  }
}
