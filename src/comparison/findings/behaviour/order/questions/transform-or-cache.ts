/** One document in two representations, each asked for again: is the finished answer kept, or what the origin sent? */
import { isEmulated } from '../../../../../measurement/emulated.ts'
import type { ScenarioRecord, SystemRecord } from '../../../../../measurement/run-record.ts'
import { formatMs } from '../../../../../units.ts'
import { percentileMs, roundsOf, seriesOf, serviceOf } from '../../../../rounds.ts'
import { type Asking, lineFor, type OnePath, originAsked, phasesOf, times } from '../phases.ts'
import type { Question } from '../question.ts'

interface Again {
  readonly phase: OnePath
  /** The client that gets the document as it is, and one that gets it transformed. */
  readonly plain: string
  readonly made: string
}

/** The phase in which both ask, after each of them has fetched it; undefined where there is none. */
function againOf(scenario: Asking): Again | undefined {
  const phases = phasesOf(scenario)
  for (const [at, phase] of phases.entries()) {
    const transform = phase && lineFor(scenario, 'transform', phase.path)
    if (!phase || !transform || lineFor(scenario, 'cache', phase.path) === undefined) continue
    const isMade = (client: string): boolean => {
      const accept = scenario.clients[client]?.headers.find(([name]) => name.toLowerCase() === 'accept')?.[1]
      return transform.representations.some((each) => each.accept === accept)
    }
    const fetched = (client: string): boolean =>
      phases.slice(0, at).some((before) => before?.path === phase.path && before.clients.includes(client))
    const plain = phase.clients.find((client) => fetched(client) && !isMade(client))
    const made = phase.clients.find((client) => fetched(client) && isMade(client))
    if (plain !== undefined && made !== undefined) return { phase, plain, made }
  }
  return undefined
}

/** A hit that takes so many times as long as one of the document as it is, and longer by this, was made anew. */
const timesLonger = 3
const longerMs = 1

export const transformOrCache: Question = {
  title: 'transform or cache',
  features: ['transform', 'cache'],
  metrics: [
    {
      name: 'originAsked',
      unit: 'requests',
      meaning:
        'how often the origin was asked for one document that two representations were made of, median of the rounds',
      missing: 'it has no transform or no cache, or nobody asks for two representations of one document',
    },
    {
      name: 'timesSlower',
      unit: 'ratio',
      meaning: 'median service time of transformed answers from the cache, against that of the document as it is',
      missing: 'it has no transform or no cache, or nobody asks for two representations of one document',
    },
  ],
  isAsked: (scenario) => againOf(scenario) !== undefined,
  seen: (record, subject) => {
    const again = againOf(record.scenario)!
    const origin = originAsked(record, subject, again.phase.path)
    const [plainMs, madeMs] = [again.plain, again.made].map((client) => hitMs(record, subject, again, client)) as [
      number,
      number,
    ]
    const isMadeAgain = madeMs > timesLonger * plainMs && madeMs - plainMs > longerMs
    const timed = isEmulated(subject)
      ? 'it is emulated, so that its times say nothing'
      : `asked for again the transformed one took ${formatMs(madeMs)}, the document as it is ${formatMs(plainMs)}`
    const how = `the origin was asked ${times(origin)} for two representations; ${timed}`
    const figures = { originAsked: origin, ...(isEmulated(subject) ? {} : { timesSlower: madeMs / plainMs }) }
    // A few more than there are representations came while the first of them was still being made.
    if (origin > again.phase.requests / 2) return { answer: 'not told: it was not kept', says: notTold, how, figures }
    return isMadeAgain || origin === 1
      ? {
          answer: 'transform first: every hit is transformed',
          says: 'kept what the origin sent, and transformed it again for every hit.',
          how,
          order: ['transform', 'cache'],
          figures,
        }
      : {
          answer: 'cache first: finished answers are kept',
          says: 'kept the finished answer of each representation, and transformed nothing twice.',
          how,
          order: ['cache', 'transform'],
          figures,
        }
  },
}

const notTold = 'did not show what the cache keeps of a transformed answer, for it was not kept.'

/** The median of all rounds, of answers that arrived after both representations had been fetched. */
function hitMs(record: ScenarioRecord, { label }: SystemRecord, { phase }: Again, client: string): number {
  const again = seriesOf(
    record,
    roundsOf(record, label),
    (series) => series.phase === phase.phase && series.client === client && series.status === 200,
  )
  return percentileMs(serviceOf(again), 50)
}
