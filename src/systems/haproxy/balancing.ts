/** The instances of every origin, and how requests spread over them. */
import type { Balancing } from '../../policy/features/balancing/line.ts'
import { balancingOf } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import type { LineFidelity } from '../cell.ts'
import { type CfgSection, comment, line, section } from '../emit/haproxy-cfg.ts'
import { hostAndPort, type Site } from '../system.ts'
import type { HaproxyCell } from './native/adds.ts'

export const balancing: HaproxyCell<'balancing'> = {
  support: {
    level: 'native',
    how: 'A backend: balance roundrobin, leastconn, or weights on its servers. It has some ten methods, health checks and queues besides; the default method changed with 3.3, so that it is written out. leastconn heeds weights only while requests are in flight.',
    docs: 'https://docs.haproxy.org/3.4/configuration.html#4.2-balance',
  },
  adds: { sections: backends },
  fidelity,
}

/** Names of policies have no `_`, so that no other section is called so. Throws TypeError on what is no name. */
export function backendName(origin: string): string {
  if (!/^[A-Za-z0-9-]+$/.test(origin)) throw new TypeError(`not a name: ${JSON.stringify(origin)}`)
  return `origin_${origin}`
}

/** One backend for every origin that a route names. */
function backends(policy: Policy, site: Site): readonly CfgSection[] {
  const origins = [...new Set(policy.routes.map(({ origin }) => origin))]
  return origins.map((origin, index) => {
    const { method, weights } = balancingOf(policy, origin)
    return section(
      ['backend', backendName(origin)],
      [
        line('balance', method === 'least-connections' ? 'leastconn' : 'roundrobin'),
        ...(index === 0
          ? [comment('By default a client’s first request opens a connection of its own to the origin.')]
          : []),
        line('http-reuse', 'aggressive'),
        ...(site.origins[origin] ?? []).map((address, place) =>
          line(
            'server',
            `${origin}-${place + 1}`,
            hostAndPort(address),
            ...(method === 'weighted' ? ['weight', String(weights?.[place] ?? 1)] : []),
          ),
        ),
      ],
    )
  })
}

const nobodyElse =
  'With retries 0 and no health checks, whoever meets an instance that fails gets its failure; where a connection breaks that has served before, HAProxy closes the client’s too, without an answer.'

function fidelity({ origin, method, weights }: Balancing): LineFidelity {
  const backend = `backend ${backendName(origin)}`
  switch (method) {
    case 'round-robin':
      return { level: 'exact', how: `balance roundrobin in ${backend}. ${nobodyElse}` }
    case 'least-connections':
      return { level: 'exact', how: `balance leastconn in ${backend}; ties go round robin. ${nobodyElse}` }
    case 'weighted':
      return {
        level: 'exact',
        how: `balance roundrobin with ${(weights ?? []).map((weight) => `weight ${weight}`).join(', ')} on the servers of ${backend}. ${nobodyElse}`,
      }
  }
}
