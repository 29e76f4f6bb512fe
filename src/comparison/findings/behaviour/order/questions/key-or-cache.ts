/** A consumer fetches something, then strangers ask for it: does the cache answer them before anybody looks at their key? */
import { formatNumber } from '../../../../../units.ts'
import {
  type Asking,
  answersIn,
  areKnown,
  areStrangers,
  lineFor,
  type OnePath,
  originAsked,
  phasesOf,
  times,
} from '../phases.ts'
import type { Question } from '../question.ts'

/** The phase in which strangers ask for what a consumer had fetched; undefined where there is none. */
function strangersAsk(scenario: Asking): OnePath | undefined {
  const phases = phasesOf(scenario)
  return phases.find(
    (each, at): each is OnePath =>
      each !== undefined &&
      areStrangers(scenario, each.clients) &&
      lineFor(scenario, 'apiKey', each.path) !== undefined &&
      lineFor(scenario, 'cache', each.path) !== undefined &&
      phases.slice(0, at).some((before) => before?.path === each.path && areKnown(scenario, before.clients)),
  )
}

export const keyOrCache: Question = {
  title: 'key or cache',
  features: ['apiKey', 'cache'],
  metrics: [
    {
      name: 'strangersServed',
      unit: 'requests',
      meaning: 'answers that clients without a known key got of what a consumer had fetched before, in all rounds',
      missing: 'it has no keys or no cache, or no stranger asks for what was fetched',
    },
  ],
  isAsked: (scenario) => strangersAsk(scenario) !== undefined,
  seen: (record, subject) => {
    const { phase, path } = strangersAsk(record.scenario)!
    const asked = answersIn(record, subject, phase)
    const served = answersIn(record, subject, phase, (status) => status === 200)
    const how = `${formatNumber(served)} of ${formatNumber(asked)} strangers got an answer; the origin was asked for it ${times(originAsked(record, subject, path))} a round`
    const figures = { strangersServed: served }
    return served > 0
      ? {
          answer: 'cache first: strangers are served',
          tone: 'bad',
          says: 'gave strangers what the cache had: it answers before the key is checked.',
          how,
          order: ['cache', 'key'],
          figures,
        }
      : {
          answer: 'key first',
          tone: 'good',
          says: 'gave no stranger what the cache had: the key is checked first.',
          how,
          order: ['key', 'cache'],
          figures,
        }
  },
}
