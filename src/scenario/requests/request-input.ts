/** A request as people write it, in the mix of a scenario and in labs: a method with its path, headers, a body. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type HeaderList, headerOf } from '../../http/headers.ts'
import type { Request } from '../../http/request.ts'

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const

/**
 * A body of the others means nothing to HTTP (RFC 9110 §9.3): what a proxy does with it is nobody's promise, and a
 * comparison would be of that.
 */
const withBody: readonly string[] = ['post', 'put', 'patch'] satisfies (typeof methods)[number][]

const maxBodyBytes = 64 * 1024

/** Headers of one connection (RFC 9110 §7.6.1), and those that say how long the message is. */
const ofTheConnection =
  /^(?:connection|content-length|expect|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/

export const headerName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, {
  error: ({ input }) => `“${input}” is not a header name: use a–z, 0–9 and -`,
})

const sentName = headerName.refine((text) => !ofTheConnection.test(text), {
  error: ({ input }) => `“${input}” is a matter of the connection, which the driver sees to: leave it out`,
})
const headerValue = z
  .string()
  .regex(/^[\x20-\x7e]{0,400}$/, 'a header’s value is printable ASCII, 400 characters at most')

/** Headers to be sent. */
export const headersInput = z
  .record(sentName, headerValue)
  .default({})
  .transform((headers): HeaderList => Object.entries(headers))

const data = z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())], {
  error: 'should be text, or data: keys with values, or a list',
})

const body = data
  .refine((given) => typeof given === 'string' || isJson(given), 'has something that JSON cannot say')
  .refine((given) => !isJson(given) || Buffer.byteLength(textOf(given)) <= maxBodyBytes, 'a body has at most 64KB')
  .describe('text, sent as it is; or data, sent as JSON. Content-Type says which, unless the headers do')

/** The keys of a request. `path`: what may be written for path and query. */
export function requestKeys<Path extends z.ZodType<string, string>>(path: Path) {
  const of = (method: string) => path.optional().describe(`path and query, as for get; sent as ${method.toUpperCase()}`)
  return {
    get: path.optional(),
    head: of('head'),
    post: of('post'),
    put: of('put'),
    patch: of('patch'),
    delete: of('delete'),
    options: of('options'),
    headers: headersInput.describe('sent with it, in place of the client’s of the same name'),
    body: body.optional(),
  }
}

type Written = z.output<z.ZodObject<ReturnType<typeof requestKeys>>>

/** For `superRefine`: exactly one method, and a body only where it means something. */
export function requestMistakes(written: Partial<Written>, context: z.RefinementCtx): void {
  const [first, ...more] = methodsIn(written)
  const say = (path: readonly string[], message: string): void =>
    context.addIssue({ code: 'custom', path: [...path], message })
  // A key that is not known may be what was meant for the method; that is said already.
  const isSaid = context.issues.some(({ code }) => code === 'unrecognized_keys')
  if (first === undefined)
    return isSaid ? undefined : say([], `say what is asked for: one of ${methods.join(', ')}, with a path`)
  for (const other of more) say([other], `“${other}” stands beside “${first}”: a line is one request`)
  if (written.body !== undefined && !withBody.includes(first))
    say(['body'], `a body means nothing to HTTP in a request with “${first}”: only ${withBody.join(', ')} have one`)
}

/** For editors: what `requestMistakes` says of the method. */
export const oneMethod = { oneOf: methods.map((method) => ({ required: [method] })) }

export function toRequest(written: Written): Request {
  const [method = 'get'] = methodsIn(written)
  const { body, headers } = written
  const request = { method: method.toUpperCase(), path: written[method]!, headers }
  if (body === undefined) return request
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json'
  const typed = headerOf(headers, 'content-type') === undefined ? [['content-type', type] as const] : []
  return { ...request, headers: [...typed, ...headers], body: textOf(body) }
}

function methodsIn(written: Partial<Written>) {
  return methods.filter((method) => written[method] !== undefined)
}

function textOf(given: z.output<typeof data>): string {
  return typeof given === 'string' ? given : JSON.stringify(given)
}

/** YAML can say more: infinite numbers, sets, bytes. */
function isJson(given: unknown): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(given)), given)
}
