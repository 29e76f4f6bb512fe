import { EdgeLabError } from '../../../../errors.ts'
import type { HostChange } from '../../../../workshop/protocol/messages.ts'
import type { Host } from '../../../../workshop/room/room.ts'
import { useApp } from '../../app-context.tsx'
import { useNavigation } from '../../navigation.tsx'

/** Carries out what a key orders and says when it is done, or why it is not. */
export type Order = (change: HostChange, done: string) => void

export function useOrder(host: Host): Order {
  const { say } = useApp()
  const { fail } = useNavigation()
  return (change, done) => {
    host.order(change).then(
      () => say(done),
      (error: unknown) => (error instanceof EdgeLabError ? say(`${error.message} ${error.hint}`) : fail(error)),
    )
  }
}
