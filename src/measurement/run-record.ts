/** The run record: the only thing that findings and views read. `schema.ts` checks it when it is loaded. */

import type { Exchange } from '../http/answer.ts'
import type { Failures } from '../http/failure.ts'
import type { OriginCounts } from '../origin/spec.ts'
import { own } from '../own.ts'
import type { Host } from '../runtime/machine/host.ts'
import type { Pinning, RuntimeKind } from '../runtime/topology.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Declaration } from '../systems/declarations.ts'
import type { FeatureSupport, Fidelity, NativeFile } from '../systems/system.ts'
import type { EncodedHistogram, Sample, Series, Slot } from '../traffic/plan.ts'
import type { CapacityRecord } from './capacity/capacity-record.ts'
import type { SlicesRecord } from './slices/slice-record.ts'

export const recordFormatVersion = 5

export interface RunRecord {
  readonly formatVersion: typeof recordFormatVersion
  /** `2026-11-24-0915-7f3a` */
  readonly id: string
  readonly edgelab: string
  readonly startedAt: string
  readonly finishedAt: string
  /** True where it was stopped before every planned round was measured. */
  readonly partial: boolean
  /** Only the few rounds of a first look were asked for. */
  readonly quick: boolean
  readonly seed: number
  /** The command that repeats it. */
  readonly command: string
  readonly runtime: RuntimeKind
  /** Why this runtime, in words. */
  readonly runtimeReason: string
  readonly host: Host
  readonly pinning: Pinning
  /** What every system known to that EdgeLab said of itself; empty in records older than that. */
  readonly declared: readonly Declaration[]
  readonly scenarios: readonly ScenarioRecord[]
}

export interface ScenarioRecord {
  /** As parsed, with `KEY-OF-<consumer>` in place of every key. */
  readonly scenario: Scenario
  readonly plannedRounds: number
  readonly subjects: readonly SystemRecord[]
  /** In slices and for capacity: what each start of each system adds up to, its index the start's. */
  readonly rounds: readonly RoundRecord[]
  /** Only of a scenario that is measured in slices. */
  readonly slices?: SlicesRecord
  /** Only of a scenario whose capacity is measured; `rounds` then hold counts alone, and no time. */
  readonly capacity?: CapacityRecord
}

/**
 * One thing that was measured: a system, or `direct` once more as the noise floor (label `direct-2`). Ids of systems and
 * features are open strings: the EdgeLab that reads them may know fewer than the one that wrote them, or others.
 */
export interface SystemRecord {
  readonly label: string
  readonly system: string
  /** Label of the system that this is once more, under equal terms, as the noise floor. Absent of any other. */
  readonly duplicateOf?: string
  /** One of `SystemKind`, or what a later version calls another kind of system. */
  readonly kind: string
  readonly state: 'measured' | 'failed' | 'unavailable'
  /** Why it failed or is unavailable; empty when measured. */
  readonly reason: string
  readonly remedy: string
  readonly logTail: string
  /** Where it ended although nobody stopped it: rounds from this one on (from 0) are missing. Absent where it did not. */
  readonly ended?: { readonly at: string; readonly round: number; readonly why: string }
  readonly version: string | null
  readonly imageDigest: string | null
  /** Image tag, path of the executable, or where it ran already: `http://127.0.0.1:8080`. */
  readonly ranAs: string
  /** Hexadecimal, of a product's binary that ran as a process; absent where an image ran, or our own program, or none. */
  readonly binarySha256?: string
  /** By feature; one that did not exist then is missing. */
  readonly support: RecordedSupport
  /** Compiled from the policy with `KEY-OF-<consumer>` in place of every key. */
  readonly native: RecordedConfig
  readonly effort: EffortRecord
  readonly proof: readonly ProbeRecord[]
}

export type RecordedSupport = Readonly<Record<string, FeatureSupport>>

/** False too for a feature that did not exist when the record was made. */
export function claimsFeature(support: RecordedSupport, feature: string): boolean {
  return (own(support, feature)?.level ?? 'none') !== 'none'
}

export interface RecordedConfig {
  readonly files: readonly (Omit<NativeFile, 'language'> & { readonly language: string })[]
  readonly fidelity: readonly (Omit<Fidelity, 'feature'> & { readonly feature: string })[]
}

/** Lines without comments and blanks. `features`: what leaving that feature out of the policy would save. */
export interface EffortRecord {
  readonly configLines: number
  readonly scriptLines: number
  readonly features: Readonly<Record<string, { readonly config: number; readonly script: number }>>
}

export interface ProbeRecord {
  readonly id: string
  readonly feature: string
  readonly line: string
  readonly claim: string
  /** skipped: the system does not claim the feature; `received` then says why. */
  readonly state: 'passed' | 'failed' | 'skipped'
  readonly expected: string
  readonly received: string
  /** What the probe recognised, where it is one that does: the algorithm of a limiter. */
  readonly shows?: string
  readonly evidence: readonly Exchange[]
}

export interface RoundRecord {
  /** From 0; rounds of the same index belong together and are compared in pairs. */
  readonly index: number
  readonly label: string
  /** Place in the rotating order of this round, from 0. */
  readonly position: number
  readonly durationMs: number
  readonly sent: number
  readonly answered: number
  readonly connected: number
  /** Frames merged over spans of whole seconds: of one, in long rounds of more (`spanSeconds`). */
  readonly seconds: readonly SecondRecord[]
  /** Of the clients of whom it matters by tenths of a second (`timedClients`). */
  readonly slots: readonly Slot[]
  readonly lateness: EncodedHistogram
  readonly failures: Failures
  /** What was wrong with answers that were not HTTP/1.1, in words, with how often. */
  readonly faults: Readonly<Record<string, number>>
  /** Share of the round that the driver, of several the busiest, spent in its own handlers; 0–1. */
  readonly driverBusy: number
  /** Of each driver, where several sent the round together; absent where one did. */
  readonly drivers?: readonly DriverRecord[] | undefined
  readonly cpuNs: { readonly system: number | null; readonly origins: number | null; readonly driver: number | null }
  readonly memoryBytes: number | null
  /**
   * Of rounds after the first without `last`, and with those `paths` alone that a line of the mix names; so, too, in the first
   * where more than a hundred were asked for.
   */
  readonly origins: readonly OriginCounts[]
  /** What makes the round doubtful, in words: `driver late`, `driver 2 busy`. Empty for most. */
  readonly flags: readonly string[]
  /**
   * Of the first round: the first accepted answer of each client, and those of each phase that were not, bodies cut to
   * 4 KiB. Where documents belong to somebody, every different one of every round, counted.
   */
  readonly samples: readonly Sample[]
}

export interface DriverRecord {
  /** Share of the round spent in its own handlers; 0–1. */
  readonly busy: number
  /** How late it came to one request in a hundred, microseconds. */
  readonly lateP99Us: number
}

export interface SecondRecord {
  /** Start, seconds from the start of the round. */
  readonly at: number
  /** Of each class. `service` of all answers of one kind in a round is in the first series of them, and in the others none. */
  readonly series: readonly Series[]
}
