/** A finding: one question answered from a run record, as a verdict sentence and evidence blocks. Data, not markup. */
import type { HeaderList } from '../http/headers.ts'
import type { Request } from '../http/request.ts'

export interface Finding {
  /** As in the registry of the findings; a progress file may keep one that this version no longer has. */
  readonly id: string
  /** The scenario it was drawn from; null for findings over the whole run (verdict, proof, effort). */
  readonly scenario: string | null
  readonly title: string
  readonly question: string
  /** Sentences that could stand in an email. The first one is the answer. */
  readonly verdict: readonly string[]
  /** What the scenario offered, on one line; absent where the finding is about the whole run. */
  readonly offered?: string
  /** Too little was measured for a claim, or what was is doubtful: then the first sentence does not stand out. */
  readonly tentative?: boolean
  /**
   * Why what was measured is not to be relied on as a whole, as one sentence by rules fixed beforehand (doubt.ts).
   * Every view shows it as a badge before the verdict. Absent where there is no such doubt.
   */
  readonly doubtful?: string
  readonly blocks: readonly Block[]
  /** What a lesson shows first instead of all of it; absent where the finding is no harder to read than that. */
  readonly brief?: Brief
  /** What expectations are judged by: label of a system → metric → value (shares as 0–1). */
  readonly metrics: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** A finding for somebody who meets its subject for the first time. */
export interface Brief {
  readonly verdict: readonly string[]
  readonly blocks: readonly Block[]
}

/** Evidence. A closed union: every view switches over it exhaustively. */
export type Block = TableBlock | ChartBlock | IntervalsBlock | BodiesBlock | CodeBlock | NoteBlock

export interface Cell {
  readonly text: string
  /** Never the only carrier of meaning: the text says it too. */
  readonly tone?: 'good' | 'bad' | 'muted'
}

export interface TableBlock {
  readonly kind: 'table'
  readonly title: string
  readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[]
  readonly rows: readonly (readonly Cell[])[]
  /** How it was measured, or what a column means. */
  readonly caption: string
}

export interface ChartSeries {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number | null])[]
  /** Drawn dashed and without markers: a reference such as the ideal bucket. */
  readonly reference?: boolean
}

/** One description for terminal, browser and PNG. One scale for all series. */
export interface ChartBlock {
  readonly kind: 'chart'
  readonly shape: 'line' | 'step' | 'bar'
  readonly title: string
  readonly x: {
    readonly title: string
    readonly scale: 'linear' | 'log' | 'category'
    readonly labels?: readonly string[]
  }
  readonly y: { readonly title: string; readonly scale: 'linear' | 'log' }
  readonly series: readonly ChartSeries[]
  /** What a reader would see in it, as a sentence: for screen readers and for those in a hurry. */
  readonly summary: string
}

/** Ratios to one reference with their intervals, drawn as dots with whiskers on one logarithmic axis. */
export interface IntervalsBlock {
  readonly kind: 'intervals'
  readonly title: string
  /** What a ratio of 1 stands for: `direct`. */
  readonly reference: string
  /** What is compared, with its unit left out: `p50 latency`. */
  readonly quantity: string
  /** In the order to be drawn: smallest ratio first. */
  readonly rows: readonly IntervalRow[]
  /** Differences below this share are not claimed: a band around 1. */
  readonly floor: number
  /** How the intervals were made. */
  readonly caption: string
  /** What a reader would see in it, as a sentence: for screen readers and for those in a hurry. */
  readonly summary: string
}

export interface IntervalRow {
  readonly name: string
  readonly ratio: number
  readonly low: number
  readonly high: number
  /** none: no detectable difference; noise: the duplicate, or what is shown and not judged: nothing is claimed of it. */
  readonly claim: 'higher' | 'lower' | 'none' | 'noise'
}

/** Answers side by side: what each system sent for the same request. */
export interface BodiesBlock {
  readonly kind: 'bodies'
  readonly title: string
  readonly request: string
  /** The same request in full, where it is known: to be sent again. Keys are placeholders. */
  readonly sent?: Request
  readonly answers: readonly {
    readonly label: string
    readonly status: number
    readonly headers: HeaderList
    readonly body: string
    /** What to look at, in words. */
    readonly remark: string
  }[]
}

export interface CodeBlock {
  readonly kind: 'code'
  readonly title: string
  readonly language: string
  readonly text: string
}

export interface NoteBlock {
  readonly kind: 'note'
  readonly tone: 'info' | 'warning'
  readonly text: string
}

/** An expectation of a scenario, judged. */
export interface Judgement {
  readonly scenario: string
  readonly system: string
  readonly finding: string
  readonly metric: string
  readonly expected: string
  readonly received: string
  /** unjudged: the system was not measured, nothing was sent, or the finding has no such figure. */
  readonly state: 'met' | 'broken' | 'unjudged'
  /** Whether the system has finished rounds: what cannot be judged although it has is a failure of the run. */
  readonly measured: boolean
}
