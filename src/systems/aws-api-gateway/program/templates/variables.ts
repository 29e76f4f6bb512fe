/** `$input`, `$util`, `$stageVariables` and what `$context` knows of a call. */
import { JSONPath } from 'jsonpath-plus'
import { type Call, queryOf } from '../call.ts'
import { collectOverrides, type Overrides } from './overrides.ts'

/** Everything that a template may set, apart from its text. */
export interface Template {
  readonly variables: Readonly<Record<string, unknown>>
  readonly overrides: Overrides
}

/** `body`: of the request, or of the origin’s answer. */
export function templateFor(call: Call, body: string, stage: Stage): Template {
  const overrides = collectOverrides()
  return {
    overrides,
    variables: {
      input: inputOf(call, body),
      context: { ...contextOf(call, stage), ...overrides.variables },
      stageVariables: stage.Variables,
      util,
    },
  }
}

interface Stage {
  readonly StageName: string
  readonly Variables: Readonly<Record<string, string>>
}

function inputOf(call: Call, body: string): object {
  const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    path: call.match?.variables ?? {},
    querystring: queryOf(call),
    header: call.headers,
  }
  return {
    body,
    path: (expression: string) => atPath(body, expression),
    json: (expression: string) => JSON.stringify(atPath(body, expression)) ?? '',
    /** Of all, or by name: in the path, then in the query, then in the headers. */
    params: (name?: string) => {
      if (name === undefined) return groups
      if (Object.hasOwn(groups, name)) return groups[name]
      const wanted = [groups['path']!, groups['querystring']!].find((group) => Object.hasOwn(group, name))
      return wanted?.[name] ?? call.headers[name.toLowerCase()] ?? ''
    },
  }
}

/** An indefinite path gives a list, whatever it finds. */
function atPath(body: string, expression: string): unknown {
  const document: unknown = body.trim() === '' ? {} : JSON.parse(body)
  const found = JSONPath({ path: expression, json: document as object, eval: false, wrap: true }) as unknown[]
  return /\*|\.\.|\?|,|\[[^\]]*:/.test(expression) ? found : found[0]
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html */
export function contextOf(call: Call, stage: Stage): Readonly<Record<string, unknown>> {
  return {
    accountId: '',
    apiId: 'emulated',
    requestId: call.requestId,
    extendedRequestId: call.extendedId,
    httpMethod: call.httpMethod,
    path: `/${stage.StageName}${call.path}`,
    protocol: 'HTTP/1.1',
    requestTime: logTime(call.receivedAt),
    requestTimeEpoch: call.receivedAt.getTime(),
    resourcePath: call.match?.method.resource ?? '',
    resourceId: call.match?.method.resource ?? '',
    stage: stage.StageName,
    identity: {
      apiKey: call.apiKey?.Value ?? '',
      apiKeyId: call.apiKey?.Id ?? '',
      sourceIp: call.sourceIp,
      userAgent: call.headers['user-agent'] ?? '',
    },
  }
}

/** `29/Nov/2026:10:21:18 +0000` */
function logTime(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString())!
  return `${day}/${month}/${year}:${time} +0000`
}

const util = {
  /** Single quotes too, which JSON does not allow: AWS advises to turn them back with replaceAll. */
  escapeJavaScript: (text: unknown) =>
    JSON.stringify(String(text)).slice(1, -1).replaceAll("'", "\\'").replaceAll('/', '\\/'),
  parseJson: (text: string) => JSON.parse(text) as unknown,
  urlEncode: (text: unknown) => encodeURIComponent(String(text)).replaceAll('%20', '+'),
  urlDecode: (text: string) => decodeURIComponent(text.replaceAll('+', '%20')),
  base64Encode: (text: unknown) => Buffer.from(String(text)).toString('base64'),
  base64Decode: (text: string) => Buffer.from(text, 'base64').toString(),
}
