/** Whose token it is. Tokens are looked up by their hashes, so that how long it takes tells nothing about them. */
import type { Joined } from '../room/entry.ts'
import { hashOf, isSame } from './secrets.ts'

export interface Credentials {
  /** A participant has a new token; the one before is good no more. */
  learn(joined: Joined): void
  /** undefined: nobody’s. */
  participantOf(token: string): string | undefined
  isHost(token: string): boolean
}

export function credentials(hostToken: string): Credentials {
  const byHash = new Map<string, string>()
  const hashes = new Map<string, string>()
  return {
    learn: ({ participant, tokenHash }) => {
      byHash.delete(hashes.get(participant) ?? '')
      hashes.set(participant, tokenHash)
      byHash.set(tokenHash, participant)
    },
    participantOf: (token) => byHash.get(hashOf(token)),
    isHost: (token) => isSame(token, hostToken),
  }
}
