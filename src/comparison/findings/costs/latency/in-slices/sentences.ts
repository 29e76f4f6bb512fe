/** Who is slower or faster than direct, by slices. */
import { emulatedWords, isEmulated } from '../../../../../measurement/emulated.ts'
import type { SystemRecord } from '../../../../../measurement/run-record.ts'
import { acceptedByBoth } from '../../../../../measurement/slices/family.ts'
import { pooledQuantile } from '../../../../../measurement/slices/pooled.ts'
import { detectable, type Judged } from '../../../../../statistics/judge.ts'
import { formatMs } from '../../../../../units.ts'
import { answersOf, whyWithheld } from '../../../../answers.ts'
import { list } from '../../../../blocks.ts'
import { said } from '../../../../costs/claims.ts'
import { intervalInWords } from '../../../../costs/interval-words.ts'
import { noiseSentence, nullSentence } from '../../../../costs/intervals-block.ts'
import type { Compared } from '../../../../costs/judged.ts'
import { type SlicedScenario, whyNoClaim } from '../../../../costs/sliced.ts'
import { isDoubtful } from '../../../../doubt.ts'
import { measuredSystems } from '../../../../rounds.ts'

export function sentencesOf(scenario: SlicedScenario, compared: Compared): readonly string[] {
  const { reference, judged, builtOn } = compared
  const silent = silentSystems(scenario)
  const named = [...silent].filter(([system]) => system.duplicateOf === undefined)
  const withheld = named.map(([system, why]) =>
    why === emulatedWords
      ? `${system.label} is ${why}.`
      : system === reference
        ? `Nothing is compared with ${system.label}: ${why}.`
        : `Nothing is said of the times of ${system.label}: ${why}.`,
  )
  if (reference && silent.has(reference)) return withheld
  const mute = new Set([...silent.keys()].map(({ label }) => label))
  const answered = judged.filter(({ comparison }) => !mute.has(comparison.label))
  if (!reference || answered.length === 0) return [...withheld, nothingCompared(scenario, withheld.length)]
  const doubtful = answered.filter(({ comparison: { label } }) => isDoubtful(scenario, label, reference.label))
  const sure = answered.filter((each) => !doubtful.includes(each))
  const why = whyNoClaim(scenario)
  return [
    ...(why === undefined ? [] : [why]),
    ...said(sure, {
      higher: `are slower than ${reference.label}`,
      lower: `are faster than ${reference.label}`,
      each: (judged) => sentenceOf(scenario, judged),
      figure: (judged) => p50Of(scenario, judged, judged.comparison.label),
    }),
    ...builtOn
      .filter(({ comparison: { label, reference } }) => !mute.has(label) && !mute.has(reference))
      .filter(({ comparison: { label, reference } }) => !isDoubtful(scenario, label, reference))
      .map((each) => sentenceOf(scenario, each)),
    ...(doubtful.length === 0 ? [] : [doubtfulSentence(doubtful, reference)]),
    ...withheld,
    ...noiseSentence(compared),
    stopSentence(scenario),
  ]
}

/** Systems of whose times nothing is said, with the reason. */
export function silentSystems(scenario: SlicedScenario): ReadonlyMap<SystemRecord, string> {
  return new Map(
    measuredSystems(scenario).flatMap((system) => {
      const why = whyWithheld(answersOf(scenario, system)) ?? (isEmulated(system) ? emulatedWords : undefined)
      return why === undefined ? [] : [[system, why] as const]
    }),
  )
}

function nothingCompared(scenario: SlicedScenario, withheld: number): string {
  const others = measuredSystems(scenario).filter(({ duplicateOf }) => duplicateOf === undefined)
  const [only] = others
  if (only && others.length === 1) return `Only ${only.label} was measured: there is nothing to compare it with.`
  return withheld > 0
    ? 'Of the others, none could be compared.'
    : 'No line of the mix is accepted by two systems: there is nothing to compare.'
}

function sentenceOf(scenario: SlicedScenario, judged: Judged): string {
  const { comparison, interval, claim } = judged
  const { label, reference } = comparison
  const [own, other] = [label, reference].map((each) => p50Of(scenario, judged, each))
  switch (claim) {
    case 'higher':
      return `${label} is slower than ${reference}: ${own} where ${reference} takes ${other} (${intervalInWords(interval)}).`
    case 'lower':
      return `${label} is faster than ${reference}: ${own} where ${reference} takes ${other} (${intervalInWords(interval)}).`
    case 'none':
      return nullSentence(judged, '', detectable(judged))
    case 'noise':
      return `${label} took ${own} where ${reference} took ${other} (${intervalInWords(interval)}).`
    default:
      return claim satisfies never
  }
}

/** Of the answers that both sides of the comparison accept. */
function p50Of(scenario: SlicedScenario, { comparison }: Judged, label: string): string {
  const [one, other] = [comparison.label, comparison.reference].map(
    (each) => scenario.subjects.find((subject) => subject.label === each)!,
  )
  const { us } = pooledQuantile(scenario.slices, label, acceptedByBoth(scenario, one!, other!), 0.5)
  return formatMs(us === undefined ? Number.NaN : us / 1000)
}

function doubtfulSentence(doubtful: readonly Judged[], reference: SystemRecord): string {
  const names = list(doubtful.map(({ comparison }) => comparison.label))
  return `Nothing is claimed of ${names} against ${reference.label}: more slices of one side stayed flagged than of the other, see the caution.`
}

/** Why there are as many slices as there are. */
function stopSentence({ slices: { stopped, effort } }: SlicedScenario): string {
  const why = `${stopped[0]?.toLowerCase() ?? ''}${stopped.slice(1)}`
  return `${effort[0]!.toUpperCase()}${effort.slice(1)} effort: ${why}`
}
