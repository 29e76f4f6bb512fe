/** By which names JSON access logs say what a request was: dotted where objects stand within objects. */

/** A name, and how many milliseconds its unit is where it is a duration. */
type Names = readonly string[]

export interface Dialect {
  readonly title: string
  readonly time: Names
  /** A whole request line, or method and target. */
  readonly request: Names
  readonly method: Names
  readonly target: Names
  readonly query: Names
  readonly status: Names
  readonly bytes: Names
  readonly sentBytes: Names
  readonly userAgent: Names
  /** The nearest to the origin first. */
  readonly took: readonly (readonly [name: string, unitMs: number])[]
}

/** What `--field` may name. `took` is in seconds there. */
export const fieldNames = [
  'time',
  'request',
  'method',
  'target',
  'query',
  'status',
  'bytes',
  'sentBytes',
  'userAgent',
  'took',
] as const
export type FieldName = (typeof fieldNames)[number]

const none: Names = []

/** The most telling first; the last takes what nginx’s and everybody’s own `log_format` usually says. */
export const dialects: readonly Dialect[] = [
  {
    // https://caddyserver.com/docs/caddyfile/directives/log
    title: 'Caddy',
    time: ['ts'],
    request: none,
    method: ['request.method'],
    target: ['request.uri'],
    query: none,
    status: ['status'],
    bytes: ['size'],
    sentBytes: ['bytes_read'],
    userAgent: ['request.headers.User-Agent'],
    took: [['duration', 1000]],
  },
  {
    // https://doc.traefik.io/traefik/observability/access-logs/
    title: 'Traefik',
    time: ['StartUTC', 'StartLocal', 'time'],
    request: none,
    method: ['RequestMethod'],
    target: ['RequestPath'],
    query: none,
    status: ['DownstreamStatus', 'OriginStatus'],
    bytes: ['DownstreamContentSize', 'OriginContentSize'],
    sentBytes: ['RequestContentSize'],
    userAgent: ['request_User-Agent'],
    took: [
      ['OriginDuration', 1e-6],
      ['Duration', 1e-6],
    ],
  },
  {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html; HTTP APIs have routeKey.
    title: 'API Gateway',
    time: ['requestTimeEpoch', 'requestTime'],
    request: none,
    method: ['httpMethod'],
    target: ['path', 'resourcePath', 'rawPath'],
    query: none,
    status: ['status'],
    bytes: ['responseLength'],
    sentBytes: none,
    userAgent: ['userAgent', 'identity.userAgent'],
    took: [
      ['integrationLatency', 1],
      ['responseLatency', 1],
    ],
  },
  {
    // https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry#httprequest
    title: 'Google Cloud',
    time: ['timestamp', 'receiveTimestamp'],
    request: none,
    method: ['httpRequest.requestMethod'],
    target: ['httpRequest.requestUrl'],
    query: none,
    status: ['httpRequest.status'],
    bytes: ['httpRequest.responseSize'],
    sentBytes: none,
    userAgent: ['httpRequest.userAgent'],
    took: [['httpRequest.latency', 1000]],
  },
  {
    // https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage and Istio’s JSON encoding
    title: 'Envoy',
    time: ['start_time'],
    request: none,
    method: ['method'],
    target: ['path'],
    query: none,
    status: ['response_code'],
    bytes: ['bytes_sent'],
    sentBytes: ['bytes_received'],
    userAgent: ['user_agent'],
    took: [
      ['upstream_service_time', 1],
      ['duration', 1],
    ],
  },
  {
    title: 'common names',
    time: ['time_iso8601', 'msec', 'time_local', 'timestamp', '@timestamp', 'time', 'ts', 'date'],
    request: ['request', 'request_line'],
    method: ['request_method', 'method', 'http_method', 'verb', 'http.request.method'],
    target: ['request_uri', 'uri', 'url', 'path', 'target', 'request_path', 'url.original', 'url.path'],
    query: ['args', 'query_string', 'query'],
    status: ['status', 'status_code', 'response_status', 'code', 'http.response.status_code'],
    bytes: ['body_bytes_sent', 'bytes_sent', 'bytes', 'size', 'response_size', 'http.response.body.bytes'],
    sentBytes: ['request_length', 'content_length', 'bytes_received', 'request_size'],
    userAgent: ['http_user_agent', 'user_agent', 'userAgent', 'agent', 'ua', 'user_agent.original'],
    took: [
      ['upstream_response_time', 1000],
      ['request_time', 1000],
      ['duration_ms', 1],
      ['latency_ms', 1],
    ],
  },
]

/** The dialect in which the names that were given come first. */
export function withFields(dialect: Dialect, fields: ReadonlyMap<FieldName, string>): Dialect {
  const first = (field: Exclude<FieldName, 'took'>): Names => {
    const name = fields.get(field)
    return name === undefined ? dialect[field] : [name, ...dialect[field]]
  }
  const took = fields.get('took')
  return {
    title: dialect.title,
    time: first('time'),
    request: first('request'),
    method: first('method'),
    target: first('target'),
    query: first('query'),
    status: first('status'),
    bytes: first('bytes'),
    sentBytes: first('sentBytes'),
    userAgent: first('userAgent'),
    took: took === undefined ? dialect.took : [[took, 1000], ...dialect.took],
  }
}
