/**
 * HAProxy’s `option httplog` and `option httpslog` (https://docs.haproxy.org/3.0/configuration.html#8.2.3), with whatever
 * syslog wrote before:
 * `10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1"`
 */
import {
  closingQuote,
  type LineReader,
  noRequestLine,
  notThisFormat,
  readRequestLine,
  statusOf,
  unescaped,
  wholeAt,
} from './reading.ts'
import { isTimeAt, openClock } from './times.ts'

export function haproxyReader(): LineReader {
  const clock = openClock()
  return (line, into) => {
    const open = line.indexOf('[', Math.max(0, line.indexOf(']: ')))
    const close = line.indexOf('] ', open)
    if (open < 0 || close < 0 || !isTimeAt(line, open + 1)) return notThisFormat
    const quote = line.indexOf('"', close)
    if (quote < 0) return notThisFormat
    const [, , timers = '', status = '', bytes = ''] = line.slice(close + 2, quote).split(' ')
    // TR/Tw/Tc/Tr/Ta; -1 where it did not come so far, + where the log was written before the end.
    const times = timers.split('/')
    if (times.length !== 5 || !/^-?\d+$/.test(status)) return notThisFormat
    into.atMs = clock(line.slice(open + 1, close))
    if (Number.isNaN(into.atMs)) return notThisFormat
    into.status = statusOf(Number(status))
    into.bytes = wholeAt(bytes.replace('+', ''), 0)
    into.tookMs = wholeAt(times[3]!, 0)
    into.userAgent = agentIn(line.slice(close, quote))
    // A line is cut at 1,024 bytes where no other length is set: then the quote is missing, and the target is its begin.
    const end = closingQuote(line, quote + 1)
    const request = line.slice(quote + 1, end < 0 ? line.length : end)
    return readRequestLine(request, into) ? undefined : noRequestLine
  }
}

/** Which headers are captured is the configuration’s secret: what looks like a user agent is taken for it. */
function agentIn(fields: string): string {
  const open = fields.indexOf('{')
  if (open < 0) return ''
  const captured = fields.slice(open + 1, fields.lastIndexOf('}')).split(/[|{}]/)
  return unescaped(captured.find((text) => /^[A-Za-z][\w .-]*\/\d/.test(text)) ?? '')
}
