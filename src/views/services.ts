/**
 * What the terminal app asks of the rest of EdgeLab. The command that opens it gives the real ones, tests their own.
 */

import type { Priorities } from '../comparison/findings/choice/decision/priorities.ts'
import type { RunComparison } from '../comparison/runs/compare-runs.ts'
import type { Emit } from '../experiment/events.ts'
import type { Lab } from '../labs/file/lab.ts'
import type { BrokenLab } from '../labs/progress/course.ts'
import type { Progress } from '../labs/progress/progress.ts'
import type { LabSession } from '../labs/session/session.ts'
import type { Effort } from '../measurement/slices/slice-record.ts'
import type { RunEntry } from '../measurement/store/run-list.ts'
import type { Check } from '../runtime/doctor.ts'
import type { Availability, RuntimeKind } from '../runtime/topology.ts'
import type { ScenarioEntry } from '../scenario/library.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { SystemId } from '../systems/index.ts'
import type { Fidelity, SystemKind, Wheel } from '../systems/system.ts'
import type { Participation } from '../workshop/participant/participation.ts'
import type { ReportModel } from './model.ts'

export interface Services {
  readonly binaries: Binaries
  /** The workshop that the reader takes part in; its labs are opened and told by `openLab`. */
  readonly workshop?: Pick<Participation, 'labs' | 'state' | 'subscribe'>
  /**
   * Every scenario that comes with EdgeLab, in course order; files that are no valid scenario come last, with the
   * reason.
   */
  scenarios(): Promise<readonly ScenarioEntry[]>
  /** What runs here. Asks the engine: up to a second. */
  surroundings(): Promise<Surroundings>
  /** How exactly a system would carry out each line of a scenario's policy. Pure. */
  fidelity(system: SystemId, scenario: Scenario): readonly Fidelity[]
  /**
   * Rejects with EdgeLabError; an aborted signal gives a partial run, or EdgeLabError `interrupted` where nothing was
   * measured.
   */
  measure(
    choice: RunChoice,
    observer: { emit: Emit; note: (line: string) => void; signal: AbortSignal },
  ): Promise<FinishedRun>
  /** Newest first. */
  runs(): Promise<readonly RunEntry[]>
  /** Rejects with EdgeLabError. */
  openRun(folder: string): Promise<FinishedRun>
  /** Two runs by their folders, in any order: the older one is the first. Rejects with EdgeLabError. */
  compareRuns(one: string, other: string): Promise<RunComparison>
  deleteRun(folder: string): Promise<void>
  /** What was answered last to the questions of a decision; null: nothing yet. */
  lastPriorities(): Promise<Priorities | null>
  /** Rejects with EdgeLabError. */
  rememberPriorities(priorities: Priorities): Promise<void>
  /** Writes the decision that they come to with a run beside it, and them; returns the files. Rejects with EdgeLabError. */
  keepDecision(folder: string, priorities: Priorities): Promise<readonly string[]>
  /** Opens a file in the browser; false where none can be opened. */
  openInBrowser(file: string): Promise<boolean>
  /** Keeps what was copied in a file, for terminals whose clipboard cannot be reached; returns its path. */
  keepCopy(text: string): Promise<string>
  examine(): Promise<readonly Check[]>
  lastChoice(): Promise<RunChoice | null>
  rememberChoice(choice: RunChoice): Promise<void>
  /** In course order, with where the learner is. */
  labs(): Promise<readonly LabEntry[]>
  /** What lies among the labs and cannot be started, and why. */
  brokenLabs(): Promise<readonly BrokenLab[]>
  /** `note` receives progress messages. Rejects with EdgeLabError. */
  openLab(id: string, note: (line: string) => void): Promise<LabSession>
  /** Writes the lab's report and returns its path. */
  labReport(id: string): Promise<string>
  /**
   * Forgets a lab's progress and lays its files anew; what was there is set aside, not deleted. Only while it is not
   * open.
   */
  resetLab(id: string): Promise<void>
  /**
   * Opens a file in the learner's editor and waits for it; only while the screen is given back. False: no editor is
   * known.
   */
  edit(file: string): Promise<boolean>
}

/** Binaries of products that are fetched while the app is open, one after another. */
export interface Binaries {
  /** The same object until something changes. */
  state(): BinariesState
  /** Returns what ends it. */
  subscribe(changed: () => void): () => void
  /** Waits for its turn. Rejects with EdgeLabError, `fetchInterrupted` after `stop` or where `signal` is aborted. */
  get(wheel: Wheel, signal?: AbortSignal): Promise<void>
  /** What is under way ends, and nothing half done is left when this resolves. */
  stop(): Promise<void>
}

export interface BinariesState {
  /** What is being fetched, and how far that is, in words; null: nothing is. */
  readonly fetching: { readonly product: string; readonly words: string } | null
  /** How many have come since the app was opened: what runs here changes with each. */
  readonly come: number
}

export interface Surroundings {
  readonly runtime: RuntimeKind
  /** Why this runtime, in words. */
  readonly reason: string
  readonly systems: readonly {
    readonly id: SystemId
    readonly kind: SystemKind
    readonly summary: string
    readonly availability: Availability
  }[]
}

export interface RunChoice {
  readonly scenarios: readonly string[]
  readonly systems: readonly SystemId[]
  readonly effort: Effort
}

export interface FinishedRun {
  readonly model: ReportModel
  readonly folder: string
  readonly report: string
}

export interface LabEntry {
  readonly lab: Lab
  /** null: not begun. */
  readonly progress: Progress | null
}

/** What the terminal can show, decided once before the app starts. */
export interface Screen {
  readonly color: boolean
  readonly unicode: boolean
}
