/** How much each system carried, and what stopped it there. */
import type { Limit } from '../../../../measurement/capacity/limit.ts'
import { formatNumber } from '../../../../units.ts'
import { few, plural, type Said, sentences } from '../../../blocks.ts'
import type { Climbed } from './climbed.ts'

type WithKnee = Climbed & { readonly knee: NonNullable<Climbed['knee']> }

export function sentencesOf(all: readonly Climbed[], starts: number): readonly string[] {
  const climbed = all.filter((each): each is WithKnee => each.knee !== undefined)
  const systems = climbed.filter(({ subject }) => subject.kind !== 'baseline')
  if (climbed.length === 0) return ['No system answered as the scenario expects: there is no capacity to tell.']
  const told = systems.length > 0 ? systems : climbed
  const sorted = told.toSorted((one, other) => other.knee.perSecond - one.knee.perSecond)
  return [
    carried(sorted),
    ...(starts === 1 ? ['One start is a look: none of these figures is a claim.'] : []),
    ...sentences(climbed.map((each) => ({ label: each.subject.label, says: stopped(each) }))),
    ...unfinished(climbed),
  ]
}

/** The first sentence: the most and the least of what was seen, which is no claim that one carries more than the other. */
function carried([most, ...rest]: readonly WithKnee[]): string {
  const least = rest.at(-1)
  const each = ({ subject, knee }: WithKnee): string =>
    `${formatNumber(knee.perSecond)} requests a second through ${subject.label} with ${plural(knee.connections, 'connection')}`
  if (!least) return `This machine carried ${each(most!)}.`
  return `This machine carried from ${each(least)} to ${each(most!)}.`
}

function stopped({ limits, subject }: WithKnee): Said['says'] {
  const isDriver = limits.includes('driver')
  const [other] = limits.filter((limit) => limit !== 'driver')
  if (isDriver && other === undefined)
    return 'could not be filled: the driver’s own core was full, so it may carry more.'
  const why = whyStopped(other ?? 'untold', subject.kind === 'baseline')
  return isDriver ? `${why}; the driver’s core was full too, so it may carry more.` : `${why}.`
}

function whyStopped(limit: Exclude<Limit, 'driver'>, isBaseline: boolean): string {
  switch (limit) {
    case 'shared':
      return 'had used up the core that systems and origins share here, so that their capacity has the origins’ work in it'
    case 'system':
      return 'had used up a core of its own'
    case 'origins':
      return isBaseline
        ? 'had used up the core of its origins, which is all that answers there'
        : 'waited for origins that had used up their cores'
    case 'foreign':
      return 'could not be filled: other programs used the same cores'
    case 'none':
      return 'had no core full where it stopped: each waited for another'
    case 'untold':
      return 'stopped for a reason that is not known here: nobody tells who used which core'
    default:
      return limit satisfies never
  }
}

function unfinished(climbed: readonly WithKnee[]): readonly string[] {
  const open = climbed.filter(({ isLast }) => isLast).map(({ subject }) => subject.label)
  return open.length === 0
    ? []
    : [`The ladder was too short for ${few(open)}: with more connections there may be more.`]
}
