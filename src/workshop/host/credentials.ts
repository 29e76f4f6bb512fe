/** Whose token it is. Tokens are looked up by their hashes, so that how long it takes tells nothing about them. */
import type { Joined } from '../room/entry.ts'
import { hashOf, isSame } from './secrets.ts'

export interface Credentials {
  /** A participant has a new token; the one before is good no more. */
  learn(joined: Joined): void
  /** A participant’s token is good for nothing from now on. */
  remove(participant: string): void
  isRemoved(participant: string): boolean
  /** Whether this was the token of somebody who was removed. */
  wasOfRemoved(token: string): boolean
  /** undefined: nobody’s. */
  participantOf(token: string): string | undefined
  isHost(token: string): boolean
}

export function credentials(hostToken: string): Credentials {
  const byHash = new Map<string, string>()
  const hashes = new Map<string, string>()
  const removed = new Set<string>()
  const removedHashes = new Set<string>()
  return {
    remove: (participant) => {
      const hash = hashes.get(participant)
      removed.add(participant)
      if (hash === undefined) return
      byHash.delete(hash)
      removedHashes.add(hash)
    },
    isRemoved: (participant) => removed.has(participant),
    wasOfRemoved: (token) => removedHashes.has(hashOf(token)),
    learn: ({ participant, tokenHash }) => {
      byHash.delete(hashes.get(participant) ?? '')
      hashes.set(participant, tokenHash)
      byHash.set(tokenHash, participant)
    },
    participantOf: (token) => byHash.get(hashOf(token)),
    isHost: (token) => isSame(token, hostToken),
  }
}
