/** A host whose room is changed by a test: orders change it as the real one does, and nothing listens on a port. */
import type { HostChange } from '../../src/workshop/protocol/messages.ts'
import { applied } from '../../src/workshop/room/apply.ts'
import type { Host, Room } from '../../src/workshop/room/room.ts'

export interface HostHere extends Host {
  /** What was ordered, oldest first. */
  readonly ordered: readonly HostChange[]
  become(room: Room): void
}

export function hostHere(begin: Room, more: Partial<Host> = {}): HostHere {
  let room = begin
  const subscribers = new Set<() => void>()
  const ordered: HostChange[] = []
  const become = (next: Room): void => {
    room = next
    for (const changed of subscribers) changed()
  }
  return {
    room: () => room,
    subscribe: (changed) => {
      subscribers.add(changed)
      return () => void subscribers.delete(changed)
    },
    order: async (change) => {
      ordered.push(change)
      become(applied(room, { kind: 'changed', at: new Date().toISOString(), change }))
    },
    joinLines: ['192.168.1.7:7443 7QF2-M9XK-ABCD-EFGH'],
    passcode: 'maple-otter-42',
    listens: '0.0.0.0:7443',
    folder: '/home/host/workshops/one',
    goesOn: false,
    page: 'http://127.0.0.1:40123/secret/',
    refusals: () => ({ byReason: {}, last: [] }),
    close: async () => undefined,
    ...more,
    ordered,
    become,
  }
}
