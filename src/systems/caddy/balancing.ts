/** The instances of every origin, and whose turn it is. */
import type { Balancing } from '../../policy/features/balancing/line.ts'
import { balancingOf, locations } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import type { LineFidelity } from '../cell.ts'
import { hostAndPort } from '../system.ts'
import type { CaddyCell, Module } from './native/adds.ts'

export const balancing: CaddyCell<'balancing'> = {
  support: {
    level: 'native',
    how: 'reverse_proxy with a selection policy: it must be written, as the default is random. Weighted turns come in blocks: 90 to 10 are ninety requests in a row and then ten, unless the weights are divided by what they have in common. least_conn knows no weights. Every reverse_proxy handler counts for itself.',
    docs: 'https://caddyserver.com/docs/caddyfile/directives/reverse_proxy#load-balancing',
  },
  adds: {
    proxy: (origin, policy, site) => ({
      load_balancing: { selection_policy: selection(balancingOf(policy, origin)) },
      upstreams: (site.origins[origin] ?? []).map((address) => ({ dial: hostAndPort(address) })),
    }),
  },
  fidelity,
}

function selection({ method, weights }: Balancing): Module {
  switch (method) {
    case 'round-robin':
      return { policy: 'round_robin' }
    case 'least-connections':
      return { policy: 'least_conn' }
    case 'weighted':
      return { policy: 'weighted_round_robin', weights: inLowestTerms(weights ?? []) }
  }
}

/** 90 and 10 → 9 and 1: a block of turns is as long as its weight. */
function inLowestTerms(weights: readonly number[]): readonly number[] {
  const common = weights.reduce(greatestCommonDivisor, 0)
  return weights.map((weight) => weight / common)
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

function fidelity(line: Balancing, policy: Policy): LineFidelity {
  const { origin, method, weights } = line
  const lines = locations(policy).flatMap(({ route, apiKey }) => (route.origin === origin ? [apiKey] : []))
  const handlers = new Set(lines).size
  const nobodyElse =
    'Without lb_retries and passive health checks, whoever meets an instance that fails gets its failure.'
  const how = {
    'round-robin': 'selection_policy round_robin takes turns.',
    'least-connections': 'selection_policy least_conn; ties are broken by lot.',
    weighted: `selection_policy weighted_round_robin with ${inLowestTerms(weights ?? []).join(' : ')}: the shares are exact, the turns of one instance come in a row.`,
  }[method]
  return handlers > 1
    ? {
        level: 'approximated',
        how: `${how} Requests with a consumer and those without get other headers and so ${handlers} reverse_proxy handlers, each of which counts for itself. ${nobodyElse}`,
      }
    : { level: 'exact', how: `${how} ${nobodyElse}` }
}
