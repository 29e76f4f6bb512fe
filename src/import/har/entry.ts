/**
 * One entry of a HAR (http://www.softwareishard.com/blog/har-12-spec/) → what is read of it. Chromium and Firefox differ
 * where they mark what their caches answered, and in which sizes they know.
 */
import { z } from 'zod'
import type { Recorded } from '../recorded.ts'

const size = z.number().optional().catch(undefined)

/** What an entry must have to be a request; everything else may be missing or of another form. */
const entry = z.object({
  startedDateTime: z.string(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })).catch([]),
    bodySize: size,
    postData: z
      .object({ text: z.string().optional().catch(undefined) })
      .optional()
      .catch(undefined),
  }),
  response: z
    .object({
      status: z.number().catch(0),
      bodySize: size,
      _transferSize: size,
      headersSize: size,
      content: z
        .object({ size, text: z.string().optional().catch(undefined) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  timings: z.object({ wait: size }).optional().catch(undefined),
  /** Chromium: `memory`, `disk`. */
  _fromCache: z.unknown().optional(),
  /** Firefox has `afterRequest` in it where its cache answered, and only there. */
  cache: z.object({}).loose().optional().catch(undefined),
  _webSocketMessages: z.unknown().optional(),
})

export interface HarEntry {
  readonly host: string
  /** What stands here is no request that went to a server and was answered; why not. */
  readonly leftOut?: string
  /** How much of it is not kept. */
  readonly headers: number
  readonly cookies: number
  readonly credentials: number
  readonly bodies: number
}

/** Undefined where it is no entry. */
export function readEntry(value: unknown, into: Recorded): HarEntry | undefined {
  const read = entry.safeParse(value)
  if (!read.success) return undefined
  const { request, response, timings, startedDateTime } = read.data
  const names = request.headers.map(({ name }) => name.toLowerCase())
  const count = (...wanted: readonly string[]): number => names.filter((name) => wanted.includes(name)).length
  const about = {
    host: '',
    headers: names.length,
    cookies: count('cookie'),
    credentials: count('authorization', 'proxy-authorization', 'x-api-key', 'x-auth-token'),
    bodies: (request.postData?.text ? 1 : 0) + (response?.content?.text ? 1 : 0),
  }
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined
  if (!url || !/^(?:https?|wss?):$/.test(url.protocol))
    return { ...about, leftOut: 'no requests of HTTP (data:, blob:, extensions)' }
  const { host } = url
  if (read.data._webSocketMessages !== undefined || url.protocol.startsWith('ws'))
    return { ...about, host, leftOut: 'WebSockets' }
  if (isFromCache(read.data)) return { ...about, host, leftOut: 'answered by the browser’s own cache' }
  if (!response || response.status === 0) return { ...about, host, leftOut: 'blocked, aborted or not answered' }
  into.atMs = Date.parse(startedDateTime)
  if (Number.isNaN(into.atMs)) return undefined
  into.method = request.method.toUpperCase()
  into.target = `${url.pathname}${url.search}`
  into.status = response.status
  into.bytes = bytesOf(response)
  // Before bodySize was known, browsers said 0 or -1 of it.
  into.sentBytes = Math.max(request.bodySize ?? 0, Buffer.byteLength(request.postData?.text ?? ''))
  into.tookMs = timings?.wait ?? -1
  const agent = request.headers.find(({ name }) => name.toLowerCase() === 'user-agent')?.value ?? ''
  // Without a window it is a bot in a server's log; here it is the browser that recorded itself.
  into.userAgent = agent.replace('HeadlessChrome', 'Chrome')
  return { ...about, host }
}

function isFromCache({ _fromCache, cache, response }: z.output<typeof entry>): boolean {
  if (_fromCache !== undefined && _fromCache !== false && _fromCache !== null) return true
  // A 304 was asked for at the server, wherever its body is from.
  return cache !== undefined && 'afterRequest' in cache && response?.status !== 304
}

/** As it travelled where the browser knows it, else as it was unpacked. Firefox counts what was transferred as bodySize. */
function bytesOf({
  bodySize,
  _transferSize,
  headersSize,
  content,
}: NonNullable<z.output<typeof entry>['response']>): number {
  if (bodySize !== undefined && bodySize > 0) return bodySize
  if (_transferSize !== undefined && _transferSize > 0)
    return Math.max(0, _transferSize - Math.max(0, headersSize ?? 0))
  return content?.size ?? -1
}
