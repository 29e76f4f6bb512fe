/** What a client of a scenario sent, for whoever wants to send it again. */
import type { Request } from '../http/request.ts'
import { own } from '../own.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** With a placeholder for the key, `KEY-OF-polite`: records have no keys. */
export function clientRequest({ clients, policy }: Scenario, client: string, path: string): Request {
  const { accept, consumer, key } = own(clients, client) ?? {}
  const line = policy.apiKey.find(({ consumers }) => consumers.some(({ name }) => name === consumer))
  const header = (line ?? policy.apiKey[0])?.header
  const shown = key ?? (consumer === undefined ? undefined : `KEY-OF-${consumer}`)
  return {
    method: 'GET',
    path,
    headers: [
      ...(accept === undefined ? [] : [['accept', accept] as const]),
      ...(header === undefined || shown === undefined ? [] : [[header, shown] as const]),
    ],
  }
}
