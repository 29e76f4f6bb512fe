/** What the edge says itself: JSON, as all its answers are. */
import { type CfgLine, line } from '../../emit/haproxy-cfg.ts'

const json = ['content-type', 'application/json'] as const

/** Answers in the origin's place; `condition` are the words from `if` or `unless` on. */
export function refusal(
  status: number,
  body: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  ...condition: readonly string[]
): CfgLine {
  const fields = Object.entries(headers).flatMap(([name, value]) => ['hdr', name, value])
  const answer = ['status', String(status), ...json, ...fields, 'string', JSON.stringify(body)]
  return line('http-request', 'return', ...answer, ...condition)
}

/** What HAProxy says where an origin gave no answer: its own words are HTML. */
export const noAnswer: readonly CfgLine[] = [502, 503, 504].map((status) =>
  line('http-error', 'status', String(status), ...json, 'string', JSON.stringify({ error: 'bad_gateway' })),
)
