/** A plan made ready: everything that could be wrong with it is found before the first request. */
import type { Phase } from '../scenario/scenario.ts'
import { afterPath, pathToSend } from './http/request-bytes.ts'
import type { ClientHeaders, DriverPlan, Target } from './plan.ts'

export interface Prepared {
  readonly phases: readonly Phase[]
  /** What follows the path, by phase and mix entry. */
  readonly tails: readonly (readonly string[])[]
}

const maxConnections = 10_000

/** The phase that a closed plan is counted under. */
export const closedPhase = 'capacity'

/** Throws RangeError that says what is wrong. */
export function prepare(plan: DriverPlan): Prepared {
  checkTarget(plan.target)
  const { connections, timeoutMs } = plan
  if (!Number.isInteger(connections) || connections < 1 || connections > maxConnections) {
    throw new RangeError(`connections must be 1–${maxConnections}`)
  }
  if (!(timeoutMs > 0)) throw new RangeError('timeoutMs must be more than 0')
  const phases = plan.mode === 'open' ? plan.phases : [phaseOf(plan)]
  const sendable = phases.map((phase) => ({
    ...phase,
    mix: phase.mix.map((entry) => ({ ...entry, get: pathToSend(entry.get) })),
  }))
  const tails = phases.map(({ mix }) =>
    mix.map(({ client }) => afterPath(plan.target, { method: 'GET', headers: headersOf(plan, client) })),
  )
  return { phases: sendable, tails }
}

/** Throws RangeError. */
export function checkTarget({ host, port }: Target): void {
  if (typeof host !== 'string' || host === '') throw new RangeError('the target has no host')
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new RangeError('the target’s port must be 1–65535')
}

function phaseOf({ durationMs, path, client }: Extract<DriverPlan, { mode: 'closed' }>): Phase {
  if (!(durationMs > 0)) throw new RangeError('durationMs must be more than 0')
  const mix = [{ get: path, client, weight: 1, skew: 'uniform' as const }]
  return { kind: 'burst', phase: closedPhase, forMs: durationMs, measured: true, atOnce: 1, mix }
}

function headersOf(plan: { readonly clients: ClientHeaders }, client: string): ClientHeaders[string] {
  const headers = Object.hasOwn(plan.clients, client) ? plan.clients[client] : undefined
  if (!headers) throw new RangeError(`the plan has no client “${client}”`)
  return headers
}
