/** A policy as lines in words: what fidelity, probes and reports refer to. */
import { formatMs, formatNumber } from '../units.ts'
import type { PolicyFeature } from './features.ts'
import type { Policy } from './policy.ts'

export interface PolicyLine {
  readonly feature: PolicyFeature
  readonly index: number
  /** `cache.0` */
  readonly path: string
  /** `cache /products for 2.0 s by path + query, coalesced` – never with a key in it. */
  readonly line: string
}

/** Every line of the policy, in the order of the features. */
export function policyLines(policy: Policy): readonly PolicyLine[] {
  return [
    ...words('routes', policy.routes, (line) => `route ${line.path} to ${line.origin}`),
    ...words('balancing', policy.balancing, (line) =>
      [`balance ${line.origin} by ${line.method}`, line.weights?.join(':') ?? ''].join(' ').trim(),
    ),
    ...words('cache', policy.cache, (line) =>
      [
        `cache ${line.path} ${line.ttlMs > 0 ? `for ${formatMs(line.ttlMs)}` : 'as the origin says'} by ${line.key.join(' + ')}`,
        line.coalesce ? 'coalesced' : '',
        line.staleOnErrorMs > 0 ? `stale on error for ${formatMs(line.staleOnErrorMs)}` : '',
      ]
        .filter(Boolean)
        .join(', '),
    ),
    ...words('apiKey', policy.apiKey, (line) => `require a key in ${line.header} on ${line.path}`),
    ...words(
      'rateLimit',
      policy.rateLimit,
      (line) => `limit ${line.path} to ${formatNumber(line.ratePerSecond)}/s per ${line.per}, burst ${line.burst}`,
    ),
    ...words(
      'transform',
      policy.transform,
      (line) =>
        `transform ${line.path}: ${line.representations.map(({ accept, as }) => `${accept} as ${as}`).join(', ')}`,
    ),
  ]
}

function words<Line>(feature: PolicyFeature, lines: readonly Line[], say: (line: Line) => string): PolicyLine[] {
  return lines.map((line, index) => ({ feature, index, path: `${feature}.${index}`, line: say(line) }))
}
