/** What of a scenario no record may hold: the secrets of its policy, and those that its headers carry. */
import { secretsOf } from '../../policy/credentials.ts'
import type { Secret } from '../../policy/features/feature.ts'
import type { Scenario } from '../scenario.ts'

/** Headers with which callers say who they are, whether or not the policy knows them. */
const credentialHeader = /^(?:authorization|cookie|proxy-authorization|x-api-key|x-auth-token)$/

/** Whoever replaces a shorter text wherever it stands replaces much that is none. */
const shortestSecret = 8

export function scenarioSecrets({ policy, clients, traffic }: Scenario): readonly Secret[] {
  const senders = [
    ...Object.entries(clients).map(([name, { headers }]) => ({ name, headers })),
    ...traffic.flatMap(({ mix }) => mix.map(({ client, headers }) => ({ name: client, headers }))),
  ]
  const carried = senders.flatMap(({ name, headers }) =>
    headers
      .filter(([header]) => credentialHeader.test(header.toLowerCase()))
      .flatMap(([header, value]) => [value, tokenOf(value)].map((text) => ({ text, shown: `‹${header} of ${name}›` }))),
  )
  return [...secretsOf(policy), ...carried.filter(({ text }) => text.length >= shortestSecret)]
}

/** `Bearer abc` → `abc`: a scheme is no secret, and the rest may stand without it. */
function tokenOf(value: string): string {
  return value.replace(/^[A-Za-z-]+ +/, '')
}
