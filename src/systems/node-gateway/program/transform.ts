import type { Representation } from '../../../policy/features/transform/line.ts'
import { type WholeAnswer, wholeAnswers } from '../../node-core/cache/whole-answer.ts'
import type { EdgeConfig, EdgeLocation } from '../../node-core/config.ts'
import {
  type Handler,
  headersOf,
  type Interceptor,
  type ResponseHeaders,
  relay,
} from '../../node-core/upstream/relay.ts'
import { compactJson, toXml } from './write.ts'

/** Documents above this many bytes are refused with 502: they are held in memory several times over. */
const largestDocument = 16 * 1024 * 1024

const writers = {
  xml: { type: 'application/xml; charset=utf-8', write: toXml },
  'compact-json': { type: 'application/json; charset=utf-8', write: compactJson },
} as const satisfies Record<Representation['as'], { type: string; write: (json: string) => string }>

/** Below the cache, so that a document is rewritten once and then kept as it was rewritten. */
export function transforming({ transforms }: EdgeConfig): (location: EdgeLocation) => readonly Interceptor[] {
  return ({ transform }) => {
    const representations = transforms[transform ?? -1]
    return representations ? [transformLayer(representations)] : []
  }
}

function transformLayer(representations: readonly Representation[]): Interceptor {
  return (dispatch) => (options, handler) => {
    const headers = { ...headersOf(options), accept: 'application/json' } as Record<string, string>
    const accept = headersOf(options)['accept']
    const wanted = representations.find((representation) => representation.accept.toLowerCase() === accept)
    // The origin's answer must be readable here.
    if (wanted) delete headers['accept-encoding']
    // HEAD tells the length of what GET would get: only the document itself tells that.
    const method = options.method === 'HEAD' && wanted ? 'GET' : options.method
    const layer = wholeAnswers(
      handler,
      largestDocument,
      isJson,
      wanted
        ? (answer) => rewritten(answer, wanted.as)
        : ({ headers: sent, ...rest }) => ({ ...rest, headers: varying(sent) }),
    )
    return dispatch({ ...options, method, headers }, wanted ? confirming(layer) : layer)
  }
}

/** A 304 confirms the document that was made of the origin's; what it says of form and bytes is true of the origin's only. */
function confirming(handler: Handler): Handler {
  return relay(handler, {
    onResponseStart: (controller, status, headers, message) => {
      const { etag: _, 'content-type': __, vary: ___, ...kept } = headers
      handler.onResponseStart?.(controller, status, status === 304 ? kept : headers, message)
    },
  })
}

function isJson(status: number, headers: ResponseHeaders): boolean {
  return (
    status === 200 &&
    headers['content-encoding'] === undefined &&
    /^application\/json\s*(;|$)/i.test(String(headers['content-type']))
  )
}

/** Throws SyntaxError on a body that is not JSON. */
function rewritten({ status, headers, body }: WholeAnswer, as: Representation['as']): WholeAnswer {
  const { type, write } = writers[as]
  const document = Buffer.from(write(body.toString('utf8')))
  // A tag names the bytes of the origin's representation, not of ours.
  const { etag: _, ...kept } = varying(headers)
  return {
    status,
    headers: { ...kept, 'content-type': type, 'content-length': String(document.length) },
    body: document,
  }
}

function varying(headers: ResponseHeaders): ResponseHeaders {
  return { ...headers, vary: headers['vary'] === undefined ? 'Accept' : `${headers['vary']}, Accept` }
}
