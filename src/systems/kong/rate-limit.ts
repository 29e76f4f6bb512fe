import type { Quota } from '../../policy/features/quota/line.ts'
import type { RateLimit } from '../../policy/features/rate-limit/line.ts'
import type { Location } from '../../policy/locations.ts'
import { locations } from '../../policy/locations.ts'
import type { KongCell, Plugin } from './native/adds.ts'

export const rateLimit: KongCell<'rateLimit'> = {
  support: {
    level: 'plugin',
    how: 'rate-limiting counts in windows of the wall clock – a second, a minute, an hour – per consumer or address, and tells both the rest and when to come back. It looks at the counter first and counts afterwards, from a timer: of requests that come at once nearly all pass.',
    docs: 'https://developer.konghq.com/plugins/rate-limiting/',
  },
  traits: { limiting: 'fixed-window' },
  adds: { route: ({ rateLimit, quota }) => (rateLimit ? { plugins: [limiting(rateLimit, quota)] } : {}) },
  fidelity: (line, policy) => {
    const routes = locations(policy).filter(({ rateLimit }: Location) => rateLimit === line).length
    return {
      level: 'approximated',
      how: [
        `rate-limiting with ${windowsInWords(line)}: windows of the clock (UTC), not a bucket, so that twice as many may pass around a border. Those that come at once are looked at before any of them is counted: they hardly meet a limit.`,
        line.per === 'consumer' ? 'By consumer, by address where nobody is known.' : 'By address.',
        'Refusals are not counted; answers from the cache are. RateLimit-* and Retry-After are true.',
        routes > 1 ? `Each of the ${routes} routes of this line counts for itself.` : '',
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
}

/** Why the burst of a policy cannot be held. */
export const burstDiffers =
  'rate-limiting counts in whole seconds of the clock, and counts a request only after it has passed: neither how many may come at once nor when as many may come again is what the policy says.'

const seconds = { second: 1, minute: 60, hour: 3600 } as const
type Window = keyof typeof seconds

/**
 * As many a second as a burst may have, or the rate if that is more; where that is more than the rate, a longer window
 * holds it in the long run. Kong wants no longer window to allow less than a shorter one.
 */
export function windowsOf({ ratePerSecond, burst }: RateLimit): readonly (readonly [Window, number])[] {
  const limits: (readonly [Window, number])[] = []
  for (const [window, length] of Object.entries(seconds) as [Window, number][]) {
    const allowed = ratePerSecond * length
    const least = limits.at(-1)?.[1] ?? burst
    limits.push([window, Math.max(least, Math.round(allowed))])
    if (allowed >= least) break
  }
  return limits
}

function windowsInWords(line: RateLimit): string {
  return windowsOf(line)
    .map(([window, limit]) => `${limit} a ${window}`)
    .join(' and ')
    .replace(/a hour/, 'an hour')
}

/** One plugin for a rate and a quota: a route has each plugin once. Kong wants no longer window to allow less. */
export function limiting(line: RateLimit | undefined, quota: Quota | undefined): Plugin {
  const windows = line ? windowsOf(line) : []
  const most = quota?.requests ?? Number.POSITIVE_INFINITY
  return {
    name: 'rate-limiting',
    config: {
      ...Object.fromEntries(windows.map(([window, limit]) => [window, Math.min(limit, most)])),
      ...(quota ? { [quota.period]: quota.requests } : {}),
      policy: 'local',
      limit_by: line?.per === 'address' ? 'ip' : 'consumer',
    },
  }
}
