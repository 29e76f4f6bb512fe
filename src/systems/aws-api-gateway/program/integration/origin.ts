/** The request to an origin and its answer, within the limits of time and size. */
import type { Dispatcher } from 'undici'
import { isSendable } from '../../../node-core/upstream/headers.ts'
import type { Answer, HeaderMap } from '../answer.ts'
import type { Call } from '../call.ts'
import type { ReadIntegration } from '../definition/document-shape.ts'
import { Refused } from './errors.ts'
import type { Targets } from './load-balancers.ts'

/** Of a request, and of an answer. */
export const largestPayload = 10 * 1024 * 1024

/** What goes to the origin, before its address is made. */
export interface OriginRequest {
  readonly headers: Readonly<Record<string, string>>
  /** As it is sent, without the question mark. */
  readonly query: string
  /** Variables of the integration’s path, decoded. */
  readonly path: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Throws Refused where the origin does not answer in time, or not at all. */
export async function askOrigin(
  { httpMethod, requestId }: Call,
  { uri = '', httpMethod: named = 'ANY', timeoutMs }: ReadIntegration & { readonly timeoutMs: number },
  request: OriginRequest,
  targets: Targets,
  variables: Readonly<Record<string, string>>,
): Promise<Answer> {
  const { host, path } = addressOf(uri, request.path, variables)
  const method = named === 'ANY' ? httpMethod : named
  const hasBody = request.body.length > 0 && method !== 'GET' && method !== 'HEAD'
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const answer = await targets.request(host, {
      path: request.query === '' ? path : `${path}?${request.query}`,
      method: method as Dispatcher.HttpMethod,
      headers: { ...request.headers, host, 'x-amzn-trace-id': traceOf(requestId) },
      body: hasBody ? request.body : null,
      signal,
    })
    const body = await bounded(answer.body)
    if (!isSendable(answer.statusCode, answer.headers)) throw new Error('the answer cannot be sent')
    return { status: answer.statusCode, headers: answer.headers as HeaderMap, body }
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused(signal.aborted ? 'INTEGRATION_TIMEOUT' : 'INTEGRATION_FAILURE')
  }
}

/** `http://${stageVariables.orders}/orders/{proxy}`: variables of the stage as they are, those of the path encoded. */
function addressOf(
  uri: string,
  variables: Readonly<Record<string, string>>,
  stage: Readonly<Record<string, string>>,
): { readonly host: string; readonly path: string } {
  const filled = uri
    .replaceAll(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => stage[name] ?? '')
    .replaceAll(/\{([^{}]+)\}/g, (_, name: string) => encodedPath(variables[name] ?? ''))
  const [, host, path] = /^http:\/\/([^/?]+)([^?]*)/.exec(filled) ?? []
  if (host === undefined) throw new Refused('API_CONFIGURATION_ERROR')
  return { host, path: path || '/' }
}

/** Slashes part it still: a greedy variable has several parts. */
function encodedPath(value: string): string {
  return value.split('/').map(encodeURIComponent).join('/')
}

function traceOf(requestId: string): string {
  const digits = requestId.replaceAll('-', '')
  return `Root=1-${digits.slice(0, 8)}-${digits.slice(8)}`
}

/** An answer above the limit is an error of the API. */
async function bounded(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > largestPayload) throw new Refused('API_CONFIGURATION_ERROR')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
