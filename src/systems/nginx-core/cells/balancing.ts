/** The instances of every origin, and how requests spread over them. */

import type { Balancing } from '../../../policy/features/balancing/line.ts'
import { balancingOf } from '../../../policy/locations.ts'
import type { Policy } from '../../../policy/policy.ts'
import type { LineFidelity } from '../../cell.ts'
import { blank, block, type ConfNode, comment, directive, verbatim } from '../../emit/nginx-conf.ts'
import { hostAndPort, type Site } from '../../system.ts'
import type { NginxAdds } from '../adds.ts'
import { upstreamName } from '../names.ts'

/** What both systems add of balancing, and how exactly that carries out a line. */
export const balancingPart = { adds: { upstreams } satisfies NginxAdds, fidelity }

/** One upstream block for every origin that a route names. */
function upstreams(policy: Policy, site: Site): readonly ConfNode[] {
  const origins = [...new Set(policy.routes.map(({ origin }) => origin))]
  return origins.flatMap((origin, index) => {
    const { method, weights } = balancingOf(policy, origin)
    const name = upstreamName(origin)
    return [
      block(
        'upstream',
        [name],
        [
          ...(index === 0
            ? [comment('Shared memory: the state of balancing is one, however many workers there are.')]
            : []),
          directive('zone', `upstream_${name}`, '64k'),
          ...(method === 'least-connections' ? [directive('least_conn')] : []),
          ...(index === 0
            ? [
                comment(
                  'max_fails=0: an instance that failed stays in the rotation; failover is not part of this policy.',
                ),
              ]
            : []),
          ...(site.origins[origin] ?? []).map((address, place) =>
            directive(
              'server',
              verbatim(hostAndPort(address)),
              ...(method === 'weighted' ? [`weight=${weights?.[place] ?? 1}`] : []),
              'max_fails=0',
            ),
          ),
          ...(index === 0
            ? [comment('After method and servers: written before the method it would be dropped with only a warning.')]
            : []),
          ...keepalive,
        ],
      ),
      blank,
    ]
  })
}

/** Idle connections that are kept. Two lines more are needed where it is proxied: see proxying.ts. */
export const keepalive: readonly ConfNode[] = [
  directive('keepalive', '128'),
  directive('keepalive_requests', '1000000'),
]

const nobodyElse =
  'With proxy_next_upstream off and max_fails=0, whoever meets an instance that fails gets its failure.'

function fidelity({ origin, method, weights }: Balancing): LineFidelity {
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
