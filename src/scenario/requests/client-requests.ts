/** What a client makes of a request: its own headers, and its key. */
import { type HeaderList, withHeaders } from '../../http/headers.ts'
import type { Request } from '../../http/request.ts'
import { own } from '../../own.ts'
import { credentialHeaders } from '../../policy/credentials.ts'
import type { Name } from '../../policy/policy.ts'
import type { MixEntry, Phase, Scenario } from '../scenario.ts'

/** All that makes a request this client's; undefined where there is no such client. */
export function clientHeaders(
  { clients, policy }: Pick<Scenario, 'clients' | 'policy'>,
  name: Name,
): HeaderList | undefined {
  const client = own(clients, name)
  return client && [...client.headers, ...credentialHeaders(policy, client)]
}

/** Makes a request what its client sends. */
export type AsSent = <Line extends Request & { readonly client: Name }>(line: Line) => Line

/** The request with the headers of its client, but for those that it has itself. */
export function asClient<Line extends Request>(line: Line, headers: HeaderList): Line {
  return { ...line, headers: withHeaders(headers, line.headers) }
}

/** The scenario's phases with each line as its client sends it. */
export function sentPhases(scenario: Pick<Scenario, 'clients' | 'policy' | 'traffic'>): readonly Phase[] {
  const sent = (line: MixEntry): MixEntry => asClient(line, clientHeaders(scenario, line.client) ?? [])
  return scenario.traffic.map((phase) => ({ ...phase, mix: phase.mix.map(sent) }))
}
