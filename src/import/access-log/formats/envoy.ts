/**
 * Envoy’s default access log (https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage),
 * and Istio’s, which has three fields more behind the flags:
 * `[2016-04-15T20:17:00.310Z] "POST /api/v1/locations HTTP/2" 204 - 154 0 226 100 "10.0.35.28" "nsq2http" "cc21…" "locations" "tcp://10.0.2.1:80"`
 */
import {
  closingQuote,
  type LineReader,
  noRequestLine,
  notThisFormat,
  readRequestLine,
  statusOf,
  unescaped,
} from './reading.ts'
import { openClock } from './times.ts'

const field = /"((?:[^"\\]|\\.)*)"|(\S+)/g

export function envoyReader(): LineReader {
  const clock = openClock()
  return (line, into) => {
    const open = line.indexOf('[')
    const close = line.indexOf('] "', open)
    if (open < 0 || close < 0) return notThisFormat
    into.atMs = clock(line.slice(open + 1, close))
    if (Number.isNaN(into.atMs)) return notThisFormat
    const end = closingQuote(line, close + 3)
    if (end < 0) return notThisFormat
    const fields = [...line.slice(end + 1).matchAll(field)].map(([, quoted, bare]) => quoted ?? bare!)
    // Istio: what became of it, in words, and why the connection to the origin failed.
    const first = isNumber(fields[2]) ? 2 : 5
    const [received, sent, duration, upstream] = fields.slice(first, first + 4)
    if (!/^\d{1,3}$/.test(fields[0] ?? '') || ![received, sent, duration].every(isNumber)) return notThisFormat
    into.status = statusOf(Number(fields[0]))
    into.sentBytes = Number(received)
    into.bytes = Number(sent)
    into.tookMs = Number(isNumber(upstream) ? upstream : duration)
    const agent = fields[first + 5] ?? '-'
    into.userAgent = agent === '-' ? '' : unescaped(agent)
    return readRequestLine(line.slice(close + 3, end), into) ? undefined : noRequestLine
  }
}

function isNumber(text: string | undefined): boolean {
  return text !== undefined && /^\d+$/.test(text)
}
