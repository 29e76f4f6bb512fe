/**
 * The common log format of Apache (https://httpd.apache.org/docs/2.4/logs.html#common), the combined one that NGINX has
 * from it (https://nginx.org/en/docs/http/ngx_http_log_module.html), and what is usually added: a virtual host before,
 * times after.
 */
import type { Recorded } from '../../recorded.ts'
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

/** `wholeIsMicroseconds`: what a whole number after everything else is: Apache’s %D; NGINX’s times have a point. */
export function combinedReader({ wholeIsMicroseconds }: { readonly wholeIsMicroseconds: boolean }): LineReader {
  const clock = openClock()
  return (line, into) => {
    const open = timeOf(line)
    if (open < 0) return notThisFormat
    const close = line.indexOf(']', open)
    const quote = line.indexOf('"', close)
    if (close < 0 || quote < 0) return notThisFormat
    const atMs = clock(line.slice(open, close))
    if (Number.isNaN(atMs)) return notThisFormat
    const end = closingQuote(line, quote + 1)
    if (end < 0) return notThisFormat
    const status = wholeAt(line, end + 2)
    if (status < 0) return notThisFormat
    into.atMs = atMs
    into.status = statusOf(status)
    const afterStatus = line.indexOf(' ', end + 2) + 1
    // Apache’s %b writes - for none.
    into.bytes = afterStatus === 0 ? -1 : Math.max(0, wholeAt(line, afterStatus))
    if (afterStatus > 0) readRest(line, line.indexOf(' ', afterStatus), into, wholeIsMicroseconds)
    return readRequestLine(line.slice(quote + 1, end), into) ? undefined : noRequestLine
  }
}

/** Where the time begins, behind its bracket: names of users may have brackets, too. */
function timeOf(line: string): number {
  let open = line.indexOf('[')
  while (open >= 0 && !isTimeAt(line, open + 1)) open = line.indexOf('[', open + 1)
  return open < 0 ? -1 : open + 1
}

/** Referer and user agent where they are, and times behind them. `at`: the space behind the bytes, or -1. */
function readRest(line: string, at: number, into: Recorded, wholeIsMicroseconds: boolean): void {
  if (at < 0) return
  let rest = at
  if (line.charCodeAt(at + 1) === 0x22) {
    const referer = closingQuote(line, at + 2)
    const agent = referer < 0 ? -1 : referer + 2
    if (agent > 0 && line.charCodeAt(agent) === 0x22) {
      const end = closingQuote(line, agent + 1)
      if (end < 0) return
      const text = line.slice(agent + 1, end)
      into.userAgent = text === '-' ? '' : unescaped(text)
      rest = end + 1
    } else rest = referer < 0 ? line.length : referer + 1
  }
  if (rest < line.length) into.tookMs = timeIn(line.slice(rest), wholeIsMicroseconds)
}

const named = /(?:^|[\s"])(?:urt|upstream_response_time|uht|rt|request_time)[=:]"?(\d+\.\d+)/g
const bare = /(?:^|\s)"?(\d+\.\d{3})"?(?=\s|$)/g

/**
 * By name, as in `rt=0.012 urt="0.010"`, else by form: NGINX writes seconds with three decimals, usually the request’s
 * first. The shortest is nearest to the origin.
 */
function timeIn(rest: string, wholeIsMicroseconds: boolean): number {
  // What most logs have that have any: one pattern instead of three.
  const alone = /^ (\d+\.\d{3})$/.exec(rest)
  if (alone) return Number(alone[1]) * 1000
  let seconds = Number.POSITIVE_INFINITY
  for (const pattern of [named, bare]) {
    for (const [, text] of rest.matchAll(pattern)) seconds = Math.min(seconds, Number(text))
    if (Number.isFinite(seconds)) return seconds * 1000
  }
  if (!wholeIsMicroseconds) return -1
  const whole = /(?:^|[\s/])(\d+)$/.exec(rest)
  return whole ? Number(whole[1]) / 1000 : -1
}
