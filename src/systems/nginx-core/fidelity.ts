/** What both systems say of routes and balancing. */
import { balancingOf } from '../../policy/locations.ts'
import type { Policy, Route } from '../../policy/policy.ts'
import type { LineFidelity } from '../fidelity.ts'
import { upstreamName } from './names.ts'

export function routeFidelity({ path, origin }: Route): LineFidelity {
  const pass = `proxy_pass http://${upstreamName(origin)}`
  return {
    level: 'exact',
    how:
      path === '/'
        ? `location / with ${pass}; the longest prefix wins by itself.`
        : `location = ${path} and location ${path.replace(/\/$/, '')}/, which together keep to segment borders, with ${pass}.`,
  }
}

const nobodyElse =
  'With proxy_next_upstream off and max_fails=0, whoever meets an instance that fails gets its failure.'

export function balancingFidelity(policy: Policy, origin: string): LineFidelity {
  const { method, weights } = balancingOf(policy, origin)
  const upstream = `upstream ${upstreamName(origin)}`
  switch (method) {
    case 'round-robin':
      return { level: 'exact', how: `${upstream}: round robin is what it does without a method line. ${nobodyElse}` }
    case 'least-connections':
      return { level: 'exact', how: `least_conn in ${upstream}; ties go round robin. ${nobodyElse}` }
    case 'weighted':
      return {
        level: 'exact',
        how: `${(weights ?? []).map((weight) => `weight=${weight}`).join(', ')} on the servers of ${upstream}: smooth weighted round robin. ${nobodyElse}`,
      }
  }
}
