/** Tests against a product that is installed here, with the configuration that a policy is compiled to. */
import { afterEach, describe } from 'vitest'
import type { Policy } from '../../src/policy/policy.ts'
import type { System } from '../../src/systems/system.ts'
import { emptyPolicy } from '../policy/empty-policy.ts'
import { type Answer, type Edge, missing, startEdge, startOrigin, type TestOrigin } from './running-edge.ts'

/** Starts origins and edges; what it started ends with the test. */
export interface Lab {
  readonly origin: typeof startOrigin
  readonly edge: (policy: Partial<Policy>, origins: Readonly<Record<string, readonly TestOrigin[]>>) => Promise<Edge>
}

/** Skipped, with the reason in its name, where a system cannot run. */
export function withSystem(system: System, tests: (lab: Lab) => void): void {
  const reason = missing(system)
  describe.skipIf(reason)(`${system.id}${reason ? ` – skipped: ${reason}` : ''}`, () => {
    const started: (() => Promise<void>)[] = []
    afterEach(async () => {
      for (const stop of started.splice(0).reverse()) await stop()
    })
    tests({
      origin: async (listener) => {
        const origin = await startOrigin(listener)
        started.push(origin.close)
        return origin
      },
      edge: async (policy, origins) => {
        const addresses = Object.fromEntries(
          Object.entries(origins).map(([name, list]) => [name, list.map(({ address }) => address)]),
        )
        const edge = await startEdge(system, { ...emptyPolicy, ...policy }, addresses)
        started.push(edge.stop)
        return edge
      },
    })
  })
}

/** An origin that answers every request with this text as JSON. */
export function says(text: string): Parameters<typeof startOrigin>[0] {
  return (_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(text))
  }
}

export function times<T>(count: number, make: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, n) => make(n))
}

/** How many answers there are of each status. */
export function tally(answers: readonly Answer[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
