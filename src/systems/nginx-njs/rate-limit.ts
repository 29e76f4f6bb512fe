/** A token bucket in JavaScript, in a shared dictionary; where a version of njs has none, nginx's own limit_req. */
import type { RateLimit } from '../../policy/features/rate-limit/line.ts'
import type { Location } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import { blank, block, type ConfNode, comment, directive, ifEmpty } from '../emit/nginx-conf.ts'
import { limitReqPart } from '../nginx-core/cells/limit-req.ts'
import { numbered } from '../nginx-core/names.ts'
import type { NjsCell } from './adds.ts'
import { bucketJs } from './assets/bucket.js.ts'
import { callsOf } from './scripts.ts'

/** The directive without which there is no bucket in JavaScript: since njs 0.8.0. */
export const dictionaryDirective = 'js_shared_dict_zone'

export const rateLimit: NjsCell<'rateLimit'> = {
  support: {
    level: 'script',
    how: 'A token bucket in a shared dictionary, behind a variable that is read after the key check: so it counts verified consumers only, and can tell what is left and when to come back. One atomic addition takes a token, so that workers do not race. Before njs 0.8 (Debian 12) there are no dictionaries: there EdgeLab writes limit_req instead, with a constant Retry-After.',
    docs: 'https://nginx.org/en/docs/http/ngx_http_js_module.html#js_shared_dict_zone',
  },
  traits: { limiting: 'bucket' },
  adds: {
    http: bucketSettings,
    namedLocations: refusals,
    modules: { bucket: bucketJs },
    mustHold: ['bucket.take', 'ngx.shared.buckets'],
    data: ({ rateLimit }) => ({
      limits: rateLimit.map(({ ratePerSecond, burst, per }) => ({ rate: ratePerSecond, burst, per })),
    }),
    location: (location, { policy }) => bucketLines(policy, location),
  },
  fidelity: ({ burst, per }) => {
    const whose =
      per === 'consumer' ? 'of the verified consumer, or of the address where nobody is known' : 'of the address'
    return {
      level: 'exact',
      how: `js_set with edge/bucket.js, read after the key check: a token bucket of ${burst} ${whose}, in a shared dictionary. RateLimit-Remaining and Retry-After are read from the bucket.`,
    }
  },
}

/** The same cell for a version of njs that has no shared dictionaries. */
export const rateLimitWithoutDictionary: NjsCell<'rateLimit'> = {
  support: rateLimit.support,
  adds: limitReqPart.adds,
  fidelity: (line) => {
    const { level, how } = limitReqPart.fidelity(line)
    return { level, how: `This version of njs has no shared dictionaries (they came with 0.8): ${how}` }
  },
}

const daySeconds = 24 * 60 * 60

function bucketSettings({ rateLimit }: Policy): readonly ConfNode[] {
  if (rateLimit.length === 0) return []
  const slowest = Math.max(...rateLimit.map(({ burst, ratePerSecond }) => Math.ceil(burst / ratePerSecond)))
  return [
    comment(
      'evict: where there is no room, the oldest goes; without it every new caller would be an exception. Only set puts',
    ),
    comment('off the timeout, not incr: so it is much longer than any bucket takes to fill.'),
    directive(
      dictionaryDirective,
      'zone=buckets:1m',
      'type=number',
      `timeout=${Math.max(daySeconds, slowest + 1)}s`,
      'evict',
    ),
    ...callsOf('bucket', { tokens_left: 'take' }),
    directive('js_var', '$retry_after'),
    blank,
  ]
}

function refusal(policy: Policy, line: RateLimit): string {
  return `@${numbered('rate_limited', policy.rateLimit.indexOf(line))}`
}

function bucketLines(policy: Policy, { rateLimit: line }: Location) {
  if (!line) return {}
  return {
    admission: [
      comment(
        'A function behind a variable has no arguments: this is its line of policy.json. Reading it takes a token.',
      ),
      directive('set', '$limit_line', String(policy.rateLimit.indexOf(line))),
      directive('set', '$limit_left', '$tokens_left'),
      ifEmpty('$limit_left', directive('return', '429')),
      directive('error_page', '429', refusal(policy, line)),
    ],
    answerHeaders: [
      directive('add_header', 'RateLimit-Limit', String(line.burst), 'always'),
      directive('add_header', 'RateLimit-Remaining', '$limit_left', 'always'),
    ],
  }
}

/** Named locations of the server block. */
function refusals(policy: Policy): readonly ConfNode[] {
  return policy.rateLimit.flatMap((line) => [
    block(
      'location',
      [refusal(policy, line)],
      [
        directive('add_header', 'Retry-After', '$retry_after', 'always'),
        directive('add_header', 'RateLimit-Limit', String(line.burst), 'always'),
        directive('add_header', 'RateLimit-Remaining', '0', 'always'),
        directive('return', '429', '{"error":"rate_limited"}'),
      ],
    ),
    blank,
  ])
}
