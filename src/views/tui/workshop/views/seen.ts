import type { ReactNode } from 'react'
import type { Lab } from '../../../../labs/file/lab.ts'
import type { Host, Room } from '../../../../workshop/room/room.ts'
import type { Person } from '../../../../workshop/summary/people.ts'
import type { Binding } from '../../keys/keys.tsx'
import type { FacilitatorState } from '../facilitator-state.ts'

/** What the views of the facilitator’s screen are drawn from. */
export interface Seen {
  readonly host: Host
  /** Without names where they are hidden. */
  readonly room: Room
  /** In the order of joining. */
  readonly people: readonly Person[]
  readonly labs: readonly Lab[]
  /** The one that is looked at. */
  readonly lab: Lab
  readonly state: FacilitatorState
  /** Rows below what stands above every view. */
  readonly height: number
}

export interface ViewOf {
  readonly body: ReactNode
  /** The keys that move in it. */
  readonly bindings: readonly Binding[]
}
