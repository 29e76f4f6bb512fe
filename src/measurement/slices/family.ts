/**
 * What a scenario in slices compares: the family over which claims are made. p50 is compared to `direct`; CPU per request
 * to the first system that was launched, as `direct` has none; both also to the system that one builds on.
 */
import type { BlockRatio } from '../../statistics/interval.ts'
import type { Comparison, Metric } from '../../statistics/judge.ts'
import type { Declaration } from '../../systems/declarations.ts'
import { isEmulated } from '../emulated.ts'
import { classifying } from '../expected-answers.ts'
import type { ScenarioRecord, SystemRecord } from '../run-record.ts'
import { type Classes, countedSlices, cpuPerAnswerOf, p50Of } from './counted.ts'
import type { SliceRecord } from './slice-record.ts'

/**
 * In the order of the record; empty where it has no slices. What is emulated stays out: nothing of its times is claimed.
 * `declared`: what systems say of themselves, which builds on which among it.
 */
export function familyOf(record: ScenarioRecord, declared: readonly Declaration[] = []): readonly Comparison[] {
  if (!record.slices) return []
  const slices = Map.groupBy(countedSlices(record.slices), ({ label }) => label)
  const measured = record.subjects.filter((subject) => slices.has(subject.label) && !isEmulated(subject))
  const compare = (metric: Metric, one: SystemRecord, other: SystemRecord): readonly Comparison[] => {
    const figure = figureOf(metric, record, one, other)
    const ratios = ratiosOf(slices.get(one.label)!, slices.get(other.label)!, figure)
    const isDuplicate = one.duplicateOf === other.label
    return ratios.length === 0 ? [] : [{ metric, label: one.label, reference: other.label, isDuplicate, ratios }]
  }
  const launched = firstLaunched(measured, slices)
  const references = {
    p50: measured.find(({ kind }) => kind === 'baseline') ?? launched,
    cpu: launched,
  }
  return (['p50', 'cpu'] as const).flatMap((metric) =>
    measured.flatMap((one) => {
      const others = one.duplicateOf
        ? measured.filter(({ label }) => label === one.duplicateOf)
        : [...new Set([references[metric], baseOf(one, measured, declared)])]
      return others.flatMap((other) => (other && other !== one ? compare(metric, one, other) : []))
    }),
  )
}

/** The system that was duplicated; where none was, the first that has CPU of its own. */
function firstLaunched(
  measured: readonly SystemRecord[],
  slices: ReadonlyMap<string, readonly SliceRecord[]>,
): SystemRecord | undefined {
  const hasCpu = ({ label }: SystemRecord): boolean => slices.get(label)!.some(({ cpuNs }) => cpuNs !== null)
  const duplicated = measured.find(({ label }) => measured.some(({ duplicateOf }) => duplicateOf === label))
  return duplicated ?? measured.find(hasCpu)
}

/** The measured system that this one builds on. */
function baseOf(
  { system }: SystemRecord,
  measured: readonly SystemRecord[],
  declared: readonly Declaration[],
): SystemRecord | undefined {
  const base = declared.find((each) => each.system === system)?.buildsOn
  return measured.find((each) => each.system === base && each.duplicateOf === undefined)
}

type Figure = (slice: SliceRecord) => number | undefined

function figureOf(metric: Metric, record: ScenarioRecord, one: SystemRecord, other: SystemRecord): Figure {
  if (metric === 'cpu') return cpuPerAnswerOf
  const classes = acceptedByBoth(record, one, other)
  return (slice) => p50Of(slice, classes)
}

/** The classes of answers that both systems accept: refusals are quick, and say nothing of how long an answer takes. */
export function acceptedByBoth(record: ScenarioRecord, one: SystemRecord, other: SystemRecord): Classes {
  const kinds = [one, other].map(({ support }) => classifying(record.scenario, support))
  const places = record.slices!.classes.flatMap((each, place) =>
    kinds.every((kindOf) => kindOf(each) === 'accepted') ? [place] : [],
  )
  return new Set(places)
}

/** Within each block that both sides have a figure of. */
function ratiosOf(ones: readonly SliceRecord[], others: readonly SliceRecord[], figure: Figure): readonly BlockRatio[] {
  const key = ({ start, block }: SliceRecord): string => `${start}/${block}`
  const byBlock = new Map(others.map((slice) => [key(slice), slice]))
  return ones.flatMap((slice) => {
    const other = byBlock.get(key(slice))
    const [mine, theirs] = [figure(slice), other && figure(other)]
    if (!mine || !theirs) return []
    return [{ start: slice.start, block: slice.block, log: Math.log(mine / theirs) }]
  })
}
