/** The load balancers that stand behind an API: one connection pool, and for each host name its targets in turn. */
import { Agent, type Dispatcher } from 'undici'
import { balancing } from '../../../node-core/upstream/balance.ts'
import { finalAnswersOnly } from '../../../node-core/upstream/informational.ts'

export interface Targets {
  request(host: string, options: Omit<Dispatcher.RequestOptions, 'origin'>): Promise<Dispatcher.ResponseData>
  close(): Promise<void>
}

export function openTargets(loadBalancers: Readonly<Record<string, readonly string[]>>): Targets {
  const agent = new Agent({ keepAliveTimeout: 60_000, connect: finalAnswersOnly({ timeout: 5000 }) })
  const balancers = new Map(
    Object.entries(loadBalancers).map(([host, instances]) => [
      host,
      agent.compose(balancing({ instances, balance: 'round-robin' })),
    ]),
  )
  return {
    // A host that is no load balancer’s is asked itself.
    request: (host, options) => (balancers.get(host) ?? agent).request({ ...options, origin: `http://${host}` }),
    close: () => agent.destroy(),
  }
}
