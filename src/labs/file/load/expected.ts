/** Expectations of a check that rest on what its requests are: they must have it, and be told apart where they arrive. */

import { headerOf } from '../../../http/headers.ts'
import type { KeyPath } from '../../../mistakes/inspect.ts'
import type { CheckOf } from '../check.ts'
import type { RequestLine } from '../request-line.ts'
import { placed, type Say } from './parts.ts'

export function checkExpected(check: CheckOf<'http' | 'upstream'>, path: KeyPath, say: Say): void {
  const lines = check.kind === 'http' ? [check.send] : placed(check.send).map(([, line]) => line)
  const headers = Object.entries(check.headers)
  const asSent = headers.flatMap(([name, { kind }]) => (kind === 'as-sent' ? [name] : []))
  for (const name of asSent) {
    if (lines.some((line) => headerOf(line.headers, name) === undefined))
      say([...path, 'headers', name], `a request of this check has no ${name} of its own: write it into its headers`)
  }
  if (check.kind === 'http') return
  const isByAddress = headers.some(([, { kind }]) => kind === 'client-address')
  const judgedBy = (line: RequestLine): string =>
    JSON.stringify([isByAddress ? line.from : '', asSent.map((name) => headerOf(line.headers, name))])
  for (const [at, same] of Map.groupBy(lines, (line) => line.path)) {
    if (new Set(same.map(judgedBy)).size > 1)
      say(
        [...path, 'send'],
        `requests for ${at} differ in what is judged, and the origin tells them by their paths: ask for different ones`,
      )
  }
}
