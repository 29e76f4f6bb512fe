/** One resource in several representations: an interceptor that gathers the origin's JSON and writes another form. */
import type { Dispatcher } from 'undici'
import type { Location } from '../../../policy/locations.ts'
import type { Representation } from '../../../policy/policy.ts'
import { headersOf } from '../../node-core/headers.ts'
import { handlerOf } from '../../node-core/remember.ts'
import { compactJson, toXml } from './write.ts'

const contentType = {
  xml: 'application/xml; charset=utf-8',
  'compact-json': 'application/json; charset=utf-8',
} as const
const write = { xml: toXml, 'compact-json': compactJson } as const

function chosen({ transform }: Location, accept: string): Representation | undefined {
  const wanted = accept.split(',').map((type) => type.split(';')[0]!.trim().toLowerCase())
  return transform?.representations.find((each) => wanted.includes(each.accept))
}

/** Accept, reduced to the representation that it chooses: so many entries has a cache, and no more. */
export function acceptOf(location: Location, accept: string): string {
  return location.transform ? (chosen(location, accept)?.accept ?? 'application/json') : accept
}

export function transforming(location: Location): readonly Dispatcher.DispatcherComposeInterceptor[] {
  return location.transform ? [interceptor(location)] : []
}

function interceptor(location: Location): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const headers = headersOf(options.headers)
    const representation = chosen(location, headers['accept'] ?? '')
    // An encoded body could not be read: it is asked for as it is.
    const plain = { ...options, headers: { ...headers, 'accept-encoding': 'identity' } }
    return dispatch(plain, representation ? rewriting(handler, representation) : varying(handler))
  }
}

/** The origin's own representation is one of several, too. */
function varying(handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler {
  return {
    ...handlerOf(handler),
    onResponseStart: (controller, status, headers, message) =>
      handler.onResponseStart?.(controller, status, { ...headers, vary: 'accept' }, message),
  }
}

function rewriting(handler: Dispatcher.DispatchHandler, { as }: Representation): Dispatcher.DispatchHandler {
  let chunks: Buffer[] | undefined
  let start: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>> | undefined
  return {
    ...handlerOf(handler),
    onResponseStart: (...args) => {
      const [, status, headers] = args
      if (status === 200 && String(headers['content-type']).startsWith('application/json')) {
        chunks = []
        start = args
      } else handler.onResponseStart?.(...args)
    },
    onResponseData: (controller, chunk) => {
      if (chunks) chunks.push(chunk)
      else handler.onResponseData?.(controller, chunk)
    },
    onResponseEnd: (controller, trailers) => {
      if (!chunks || !start) return handler.onResponseEnd?.(controller, trailers)
      const [, , { 'content-length': _length, etag: _etag, 'last-modified': _modified, ...headers }] = start
      let body: Buffer
      try {
        body = Buffer.from(write[as](Buffer.concat(chunks).toString('utf8')))
      } catch {
        // Broken JSON: nothing has been sent yet, so that the client can still be told.
        body = Buffer.from('{"error":"bad_gateway"}')
        handler.onResponseStart?.(controller, 502, { 'content-type': 'application/json' }, 'Bad Gateway')
        handler.onResponseData?.(controller, body)
        return handler.onResponseEnd?.(controller, trailers)
      }
      const changed = {
        ...headers,
        vary: 'accept',
        'content-type': contentType[as],
        'content-length': String(body.length),
      }
      handler.onResponseStart?.(controller, 200, changed, start[3])
      handler.onResponseData?.(controller, body)
      handler.onResponseEnd?.(controller, trailers)
    },
  }
}
