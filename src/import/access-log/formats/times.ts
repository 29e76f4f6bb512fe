/** Times as logs write them. Lines of one second repeat theirs, so that the last one is kept. */

const months = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, at) => [name, at]),
)

/** Whether `10/Oct/2000` or `2000-10-10` begins there. */
export function isTimeAt(line: string, at: number): boolean {
  return (
    (line.charCodeAt(at + 2) === 0x2f && line.charCodeAt(at + 6) === 0x2f) ||
    (line.charCodeAt(at + 4) === 0x2d && line.charCodeAt(at + 7) === 0x2d)
  )
}

/** Milliseconds since 1970 of `10/Oct/2000:13:55:36 -0700`, of ISO 8601, of seconds or milliseconds; NaN for others. */
export type Clock = (text: string) => number

export function openClock(): Clock {
  let last = ''
  let lastMs = Number.NaN
  return (text) => {
    if (text === last) return lastMs
    last = text
    lastMs = readTime(text)
    return lastMs
  }
}

function readTime(text: string): number {
  if (text.charCodeAt(2) === 0x2f) return commonLogTime(text)
  if (/^\d+(?:\.\d+)?$/.test(text)) return sinceEpoch(Number(text))
  // As RFC 3339 allows it; the standard’s own way is a T.
  return Date.parse(text.length > 10 && text[10] === ' ' ? `${text.slice(0, 10)}T${text.slice(11)}` : text)
}

/** By size: seconds, milliseconds, microseconds or nanoseconds since 1970, for any time from 1973 to 5138. */
export function sinceEpoch(value: number): number {
  if (value > 1e17) return value / 1e6
  if (value > 1e14) return value / 1000
  return value > 1e11 ? value : value * 1000
}

/** Without a zone, as HAProxy writes it, local time is taken for UTC: only distances matter. */
function commonLogTime(text: string): number {
  const month = months.get(text.slice(3, 6))
  const [day, year, hour, minute] = [0, 7, 12, 15].map((at, nth) => Number(text.slice(at, at + (nth === 1 ? 4 : 2))))
  const end = text.indexOf(' ', 18)
  const second = Number(text.slice(18, end < 0 ? text.length : end))
  if (month === undefined) return Number.NaN
  const utc = Date.UTC(year!, month, day, hour, minute) + second * 1000
  if (end < 0) return utc
  const offset = text.slice(end + 2)
  const minutes = Number(offset.slice(0, 2)) * 60 + Number(offset.slice(-2))
  return text[end + 1] === '-' ? utc + minutes * 60_000 : utc - minutes * 60_000
}
