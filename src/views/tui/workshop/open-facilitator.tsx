import type { Lab } from '../../../labs/file/lab.ts'
import type { Host } from '../../../workshop/room/room.ts'
import type { Screen, Services } from '../../services.ts'
import { type AppExit, type AppOptions, openApp } from '../open.tsx'
import { Facilitator } from './facilitator.tsx'

export interface FacilitatorOptions extends Pick<AppOptions, 'stdin' | 'stdout'> {
  /** Those of the workshop, in their order; at least one. */
  readonly labs: readonly Lab[]
  readonly services: Services
  readonly screen: Screen
}

/** Opens the facilitator’s screen and resolves when it is left. The host runs on: closing it is the caller’s. */
export function openFacilitator(host: Host, options: FacilitatorOptions): Promise<AppExit> {
  const { labs, services, screen, stdin, stdout } = options
  return openApp(services, screen, {
    stdin,
    stdout,
    // The one screen, whatever the first of the app is called.
    first: { name: 'home' },
    screenFor: () => <Facilitator {...{ host, labs }} clock={Date.now} />,
  })
}
