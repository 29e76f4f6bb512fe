/** How sure a run is to be, from its options; and the options that ask for it again. */
import { InvalidArgumentError } from 'commander'
import { type Asked, usualEffort } from '../../experiment/asked.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { parseDuration } from '../../units.ts'

export interface EffortFlags {
  readonly quick?: boolean
  readonly publish?: boolean
  /** A share. */
  readonly precision?: number
  /** Milliseconds. */
  readonly budget?: number
  readonly rounds?: number
}

export function askedOf({ quick, publish, precision, budget, rounds }: EffortFlags): Asked {
  const usual = usualEffort[quick ? 'quick' : publish ? 'publish' : 'default']
  return {
    ...usual,
    ...(precision === undefined ? {} : { precision }),
    ...(budget === undefined ? {} : { budgetMs: budget }),
    ...(rounds === undefined ? {} : { rounds }),
  }
}

/** What excludes each other, each as a sentence. */
export function effortConflicts({ quick, publish, precision, rounds }: EffortFlags): readonly string[] {
  return [
    ...(quick && publish ? ['--quick is a look, --publish is for the record: give one of them.'] : []),
    ...(quick && precision !== undefined ? ['--quick claims nothing, so --precision has no use beside it.'] : []),
    ...(quick && rounds !== undefined ? ['--quick takes the rounds of a look; leave it out to use --rounds.'] : []),
  ]
}

/** Options that say nothing of some of the scenarios, each as a sentence: they are no mistake beside others. */
export function idleOptions(
  { rounds }: EffortFlags,
  scenarios: readonly Pick<Scenario, 'id' | 'measure'>[],
): readonly string[] {
  const inSlices = scenarios.filter(({ measure }) => measure === 'slices').map(({ id }) => id)
  if (rounds === undefined || inSlices.length === 0) return []
  return [
    `--rounds does not apply to ${inSlices.join(', ')}: measured in slices, which --budget and --precision bound.`,
  ]
}

/** As options, with a blank before each; empty for the usual effort. */
export function effortOptions({ effort, precision, budgetMs, rounds }: Asked): string {
  const usual = usualEffort[effort]
  return [
    effort === 'default' ? '' : ` --${effort}`,
    precision === usual.precision ? '' : ` --precision ${Number((precision * 100).toPrecision(6))}%`,
    budgetMs === usual.budgetMs ? '' : ` --budget ${budgetMs / 1000}s`,
    rounds === undefined ? '' : ` --rounds ${rounds}`,
  ].join('')
}

/** For commander: `5%`, `2.5 %` → 0.05, 0.025. Half a percent is the finest that a machine with neighbours can tell. */
export function precisionFrom(text: string): number {
  const percent = Number(/^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim())?.[1])
  if (percent >= 0.5 && percent <= 50) return percent / 100
  throw new InvalidArgumentError('Write a share from 0.5% to 50%, such as 5%.')
}

/** For commander: `60s`, `5m` → milliseconds. */
export function budgetFrom(text: string): number {
  const ms = parseDuration(text)
  if (ms !== undefined && ms >= 1000 && ms <= 3_600_000) return ms
  throw new InvalidArgumentError('Write a time from 1s to 1h, such as 60s or 5m.')
}
