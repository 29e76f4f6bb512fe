/** The run record: the only thing that findings and views read. `schema.ts` checks it when it is loaded. */

import type { OriginCounts } from '../origin/spec.ts'
import type { PolicyFeature } from '../policy/features.ts'
import type { ProbeAnswer } from '../policy/probe.ts'
import type { Pinning, RuntimeKind } from '../runtime/topology.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Declaration } from '../systems/declarations.ts'
import type { NativeConfig, Support, SystemId } from '../systems/system.ts'
import type { EncodedHistogram, Failures, Sample, Series, Slot } from '../traffic/plan.ts'

export const recordFormatVersion = 1

export interface RunRecord {
  readonly formatVersion: typeof recordFormatVersion
  /** `2026-11-24-0915-7f3a` */
  readonly id: string
  readonly edgelab: string
  readonly startedAt: string
  readonly finishedAt: string
  /** True where it was stopped before every planned round was measured. */
  readonly partial: boolean
  /** The few rounds of a first look were asked for; absent in older records, and where it was not. */
  readonly quick?: boolean
  readonly seed: number
  /** The command that repeats it. */
  readonly command: string
  readonly runtime: RuntimeKind
  /** Why this runtime, in words. */
  readonly runtimeReason: string
  readonly host: HostRecord
  readonly pinning: Pinning
  /** What every system known to that EdgeLab said of itself; absent in older records. */
  readonly declared?: readonly Declaration[]
  readonly scenarios: readonly ScenarioRecord[]
}

export interface HostRecord {
  readonly os: string
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  readonly node: string
  readonly engine: string | null
}

export interface ScenarioRecord {
  /** As parsed, the consumers' keys replaced. */
  readonly scenario: Scenario
  readonly plannedRounds: number
  readonly subjects: readonly SystemRecord[]
  readonly rounds: readonly RoundRecord[]
}

/** One thing that was measured: a system, or `direct` once more as the noise floor (label `direct-2`). */
export interface SystemRecord {
  readonly label: string
  readonly system: SystemId
  readonly kind: 'baseline' | 'proxy' | 'gateway'
  readonly state: 'measured' | 'failed' | 'unavailable'
  /** Why it failed or is unavailable; empty when measured. */
  readonly reason: string
  readonly remedy: string
  readonly logTail: string
  readonly version: string | null
  readonly imageDigest: string | null
  readonly ranAs: string
  readonly support: Support
  /** Keys replaced by `‹key of name›`. */
  readonly native: NativeConfig
  readonly effort: EffortRecord
  readonly proof: readonly ProbeRecord[]
}

/** Lines without comments and blanks. `features`: what leaving that feature out of the policy would save. */
export interface EffortRecord {
  readonly configLines: number
  readonly scriptLines: number
  readonly features: Readonly<Partial<Record<PolicyFeature, { readonly config: number; readonly script: number }>>>
}

export interface ProbeRecord {
  readonly id: string
  readonly feature: PolicyFeature
  readonly line: string
  readonly claim: string
  /** skipped: the system does not claim the feature; `received` then says why. */
  readonly state: 'passed' | 'failed' | 'skipped'
  readonly expected: string
  readonly received: string
  readonly evidence: readonly ProbeAnswer[]
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
  /** Frames merged per second. */
  readonly seconds: readonly SecondRecord[]
  readonly slots: readonly Slot[]
  readonly lateness: EncodedHistogram
  readonly failures: Failures
  /** What was wrong with answers that were not HTTP/1.1, in words; absent where none was. */
  readonly faults?: Readonly<Record<string, number>>
  /** Share of the round that the driver spent in its own handlers; 0–1. */
  readonly driverBusy: number
  readonly cpuNs: { readonly system: number | null; readonly origins: number | null; readonly driver: number | null }
  readonly memoryBytes: number | null
  /** `last` is kept for round 0 only. */
  readonly origins: readonly OriginCounts[]
  /** What makes the round doubtful, in words: `driver late`, `driver busy`. Empty for most. */
  readonly flags: readonly string[]
  /** Kept for round 0 only: the first answer of each phase, client and status, bodies cut to 4 KiB. */
  readonly samples: readonly Sample[]
}

export interface SecondRecord {
  /** Start, seconds from the start of the round. */
  readonly at: number
  readonly series: readonly Series[]
}
