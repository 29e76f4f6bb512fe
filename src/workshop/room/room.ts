/** The room as the host knows it: who is there, where they are, what they answered. Rebuilt from the journal. */
import type { HostChange, Machine, Orders, Projection, Team } from '../protocol/messages.ts'
import type { StepReport } from '../protocol/step-report.ts'

export interface Room {
  readonly workshop: Workshop
  /** In the order of joining. */
  readonly participants: readonly Participant[]
  /** How many have ever joined: no number is given twice. */
  readonly joined: number
  readonly orders: Orders
  /** Of a new room: how to join. */
  readonly projection: Projection
}

export interface Workshop {
  readonly id: string
  readonly title: string
  /** Ids of the labs that are gone through, in order. */
  readonly labs: readonly string[]
  /** ISO time. */
  readonly startedAt: string
}

export interface Participant {
  /** Not to be shown: who knows it and the passcode can join as this participant. */
  readonly id: string
  /** In the order of joining, from 1; whoever else comes or goes, it stays. */
  readonly number: number
  readonly name: string
  readonly team: Team | null
  readonly machine: Machine
  /** ISO times by the host's clock. */
  readonly joinedAt: string
  readonly lastSeenAt: string
  /** A stream of orders is open. */
  readonly isConnected: boolean
  /** The step of the newest report, and since when it is that one; null before the first. */
  readonly at: { readonly lab: string; readonly step: string; readonly since: string } | null
  /** By `lab/step`: the report with the highest sequence number. */
  readonly reports: Readonly<Record<string, KeptReport>>
}

export type KeptReport = StepReport & {
  /** By the host's clock. */
  readonly receivedAt: string
  /**
   * By the participant's clock, so that how long a step took is not spoilt by a lost connection: `at` of the first report
   * of this step, and of the first that said it was done.
   */
  readonly begunAt: string
  readonly doneAt: string | null
}

/** A running host, as its screen, its page and its commands see it. */
export interface Host {
  /** The same object until something changes. */
  room(): Room
  /** Called after every change; returns what ends it. */
  subscribe(changed: () => void): () => void
  /** On disk and on its way to everybody when it resolves. */
  order(change: HostChange): Promise<void>
  /** What participants type: `192.168.1.7:7443 7QF2-M9XK-…`, and the passcode. One for each address of this machine. */
  readonly joinLines: readonly string[]
  readonly passcode: string
  /** `0.0.0.0:7443`: where it takes participants' requests. */
  readonly listens: string
  /** The workshop's state on disk. */
  readonly folder: string
  /** The workshop was begun by an earlier host and goes on. */
  readonly goesOn: boolean
  /** The projector page, on this machine only; empty where it was started without one. */
  readonly page: string
  /** How many requests were refused, by reason, newest refusals last. */
  refusals(): { readonly byReason: Readonly<Record<string, number>>; readonly last: readonly Refusal[] }
  /** Stops taking requests; everything is on disk. */
  close(): Promise<void>
}

export interface Refusal {
  readonly at: string
  /** An address. */
  readonly from: string
  /** `wrong passcode`, `unknown token`, `host action by a participant`, `too many requests`, `body too large`, … */
  readonly reason: string
  /** How often this was refused to this address within a second. */
  readonly times: number
}
