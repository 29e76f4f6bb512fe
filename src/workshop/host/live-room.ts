/** The room as it is now: what the journal says, and who is connected. */
import { applied } from '../room/apply.ts'
import type { Entry } from '../room/entry.ts'
import type { Room } from '../room/room.ts'

export interface LiveRoom {
  /** The same object until something changes. */
  now(): Room
  apply(entry: Entry): void
  /** A participant's stream of orders was opened or has ended. */
  connected(participant: string, isConnected: boolean): void
  subscribe(changed: () => void): () => void
}

interface Presence {
  readonly isConnected: boolean
  readonly at: string
}

export function liveRoom(begin: Room): LiveRoom {
  let told = begin
  let seen: Room | undefined
  const presence = new Map<string, Presence>()
  const subscribers = new Set<() => void>()
  let isAnnounced = false

  /** Once for everything that changes in one turn: a room's burst is one change to whoever draws it. */
  const announce = (): void => {
    seen = undefined
    if (isAnnounced) return
    isAnnounced = true
    setImmediate(() => {
      isAnnounced = false
      for (const changed of subscribers) changed()
    })
  }

  return {
    now: () => {
      seen ??= { ...told, participants: told.participants.map((each) => ({ ...each, ...presenceOf(each, presence) })) }
      return seen
    },
    apply: (entry) => {
      told = applied(told, entry)
      announce()
    },
    connected: (participant, isConnected) => {
      presence.set(participant, { isConnected, at: new Date().toISOString() })
      announce()
    },
    subscribe: (changed) => {
      subscribers.add(changed)
      return () => void subscribers.delete(changed)
    },
  }
}

function presenceOf(
  { id, lastSeenAt }: Room['participants'][number],
  presence: ReadonlyMap<string, Presence>,
): Pick<Room['participants'][number], 'isConnected' | 'lastSeenAt'> {
  const here = presence.get(id)
  return {
    isConnected: here?.isConnected ?? false,
    // ISO times of one clock: the later one is the greater text.
    lastSeenAt: here && here.at > lastSeenAt ? here.at : lastSeenAt,
  }
}
