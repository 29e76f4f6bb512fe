/** What is being fetched while the app is open, and the key that fetches. */
import { useSyncExternalStore } from 'react'
import { EdgeLabError } from '../../../errors.ts'
import type { Wheel } from '../../../systems/system.ts'
import type { BinariesState } from '../../services.ts'
import { useApp, useServices } from '../app-context.tsx'
import { useNavigation } from '../navigation.tsx'

/** Drawn anew with every change of it. */
export function useBinaries(): BinariesState {
  const { binaries } = useServices()
  return useSyncExternalStore(binaries.subscribe, binaries.state)
}

/** Fetches, and says how it ended. */
export function useGet(): (wheel: Wheel) => void {
  const { services, say } = useApp()
  const { fail } = useNavigation()
  return (wheel) => {
    services.binaries.get(wheel).then(
      () => say(`${wheel.product} is here now.`),
      (error: unknown) => (error instanceof EdgeLabError ? say(`${error.message} ${error.hint}`) : fail(error)),
    )
  }
}
