/** Requests counted in a stick table, by who sent them: a window that slides, and forgets whoever paused so long. */
import type { RateLimit } from '../../policy/features/rate-limit/line.ts'
import type { Policy } from '../../policy/policy.ts'
import { formatMs, formatNumber } from '../../units.ts'
import type { LineFidelity } from '../cell.ts'
import { type CfgLine, type CfgSection, comment, line, section } from '../emit/haproxy-cfg.ts'
import { consumerVariable } from './api-key.ts'
import type { HaproxyCell } from './native/adds.ts'
import { at, numbered } from './native/locations.ts'
import { refusal } from './native/refusals.ts'

export const rateLimit: HaproxyCell<'rateLimit'> = {
  support: {
    level: 'native',
    how: 'A stick table that counts requests over a sliding window, by consumer or address. What it counts is ours to choose: the usual lines track first and refuse then, so that refusals count too and a client that keeps asking is locked out for good; here only what was let through is counted. Nothing tells when the next request would pass: Retry-After is a constant.',
    docs: 'https://docs.haproxy.org/3.4/configuration.html#11.1',
  },
  traits: { limiting: 'sliding-window' },
  adds: {
    request: (policy) => ({ admit: limits(policy) }),
    sections: ({ rateLimit }) => rateLimit.map(table),
  },
  fidelity,
}

interface Window {
  readonly requests: number
  /** Milliseconds, a whole number. */
  readonly ms: number
}

/**
 * So many requests in so many milliseconds are the rate: a burst, or more than one where its milliseconds would be
 * rounded by over a hundredth.
 */
export function windowOf({ ratePerSecond, burst }: Pick<RateLimit, 'ratePerSecond' | 'burst'>): Window {
  for (let requests = burst; ; requests += 1) {
    const exact = (requests / ratePerSecond) * 1000
    // From 50 ms on every rounding is near enough.
    if (Math.abs(Math.round(exact) - exact) <= exact / 100) return { requests, ms: Math.round(exact) }
  }
}

const tableName = (index: number): string => numbered('limit', index)

/** Long enough for names and addresses; a longer key would be cut, and share its count with others. */
const keyLength = 64

function table(limit: RateLimit, index: number): CfgSection {
  const { ms } = windowOf(limit)
  return section(
    ['backend', tableName(index)],
    [
      ...(index === 0
        ? [
            comment(
              'No backend of anything: a table needs a section. It forgets whoever was let through last a whole window',
            ),
            comment('ago, so that a pause fills the bucket; the window by itself would reach back up to twice as far.'),
          ]
        : []),
      line(
        ...['stick-table', 'type', 'string', 'len', String(keyLength), 'size', '100k'],
        ...['expire', `${ms}ms`, 'store', `http_req_rate(${ms}ms)`],
      ),
    ],
  )
}

function limits(policy: Policy): readonly CfgLine[] {
  const callers = policy.rateLimit.length > 0 ? caller(policy) : []
  return [...callers, ...policy.rateLimit.flatMap((each, index) => limit(policy, each, index))]
}

const callerVariable = 'txn.caller'

/** Who shares a count, where consumers are told apart. An address never reads like a name: names have no dots or colons. */
function caller({ apiKey, rateLimit }: Policy): readonly CfgLine[] {
  if (apiKey.length === 0 || rateLimit.every(({ per }) => per === 'address')) return []
  return [
    comment('Nobody known: the address, because what has no key in the table is not counted at all.'),
    line('http-request', `set-var(${callerVariable})`, 'src'),
    line(
      ...['http-request', `set-var(${callerVariable})`, `var(${consumerVariable})`],
      ...['if', '{', `var(${consumerVariable})`, '-m', 'found', '}'],
    ),
  ]
}

function limit(policy: Policy, limit: RateLimit, index: number): readonly CfgLine[] {
  const { requests, ms } = windowOf(limit)
  const limited = numbered('limited', index)
  const key = policy.apiKey.length > 0 && limit.per === 'consumer' ? `var(${callerVariable})` : 'src'
  const headers = { 'Retry-After': String(Math.ceil(ms / 1000)), 'RateLimit-Limit': String(requests) }
  const full = ['{', `${key},table_http_req_rate(${tableName(index)})`, 'ge', String(requests), '}']
  return [
    ...at(limited, (location) => location.rateLimit === limit, policy),
    ...(index === 0 ? [comment('Looked up first, tracked then: what is refused does not count.')] : []),
    refusal(429, { error: 'rate_limited' }, headers, 'if', limited, ...full),
    line('http-request', 'track-sc0', key, 'table', tableName(index), 'if', limited),
  ]
}

function fidelity(limit: RateLimit): LineFidelity {
  const { requests, ms } = windowOf(limit)
  return {
    level: 'approximated',
    how: [
      `At most ${requests} in ${formatMs(ms)}, in a window that slides by estimate, where a bucket would let ${limit.burst} at once pass and ${formatNumber(limit.ratePerSecond)} a second besides: the rate is the same in the long run. After a pause of one window it is as if nobody had asked.`,
      requests === limit.burst ? '' : `More at once than ${limit.burst}, because HAProxy counts in whole milliseconds.`,
      limit.per === 'consumer' ? 'The key is the consumer of the map, the address where there is none.' : '',
      'Retry-After and RateLimit-Limit are constants.',
    ]
      .filter(Boolean)
      .join(' '),
  }
}
