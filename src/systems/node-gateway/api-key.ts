import type { EdgeCell } from '../node-core/adds.ts'

export const apiKey: EdgeCell<'apiKey'> = {
  support: {
    level: 'script',
    how: 'Thirty lines: the key’s SHA-256 digest is looked up in a map before anything is counted or forwarded; the origin gets the consumer’s name in its place. Rotating, revoking and auditing keys would be the next thousand.',
    docs: 'https://nodejs.org/api/crypto.html#class-hash',
  },
  adds: {
    filter: 'apiKey',
    file: ({ apiKey }) => ({ apiKeys: apiKey }),
    location: ({ apiKey }, policy) => (apiKey ? { apiKey: policy.apiKey.indexOf(apiKey) } : {}),
  },
  fidelity: () => ({
    level: 'exact',
    how: 'keys.ts: SHA-256 digests in a map; first of the gates in edge.json, before anything is counted or forwarded',
  }),
  sources: ['node-gateway/program/keys.ts'],
}
