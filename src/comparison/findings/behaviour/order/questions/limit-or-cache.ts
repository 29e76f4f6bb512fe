/** Somebody asks for what is kept more often than a limit allows: do answers from the cache count? */
import { formatNumber } from '../../../../../units.ts'
import { type Asking, answersIn, areStrangers, lineFor, type OnePath, originAsked, phasesOf, times } from '../phases.ts'
import type { Question } from '../question.ts'

/** The phase in which more is asked of one kept answer than the limit lets through; undefined where there is none. */
function asksTooOften(scenario: Asking): OnePath | undefined {
  const phases = phasesOf(scenario)
  return phases.find((each, at): each is OnePath => {
    const limit = each && lineFor(scenario, 'rateLimit', each.path)
    if (!each || !limit || lineFor(scenario, 'cache', each.path) === undefined) return false
    // What strangers are told may be for their key.
    if (lineFor(scenario, 'apiKey', each.path) !== undefined && areStrangers(scenario, each.clients)) return false
    const fetched = phases.slice(0, at).some((before) => before?.path === each.path)
    return fetched && each.requests >= 2 * limit.burst
  })
}

export const limitOrCache: Question = {
  title: 'limit or cache',
  features: ['rateLimit', 'cache'],
  metrics: [
    {
      name: 'cachedRefused',
      unit: 'requests',
      meaning: 'requests for what was kept that were answered 429, in all rounds',
      missing: 'it has no limit or no cache, or nobody asks for what is kept more often than the limit allows',
    },
  ],
  isAsked: (scenario) => asksTooOften(scenario) !== undefined,
  seen: (record, subject) => {
    const { phase, path } = asksTooOften(record.scenario)!
    const asked = answersIn(record, subject, phase)
    const refused = answersIn(record, subject, phase, (status) => status === 429)
    const origin = originAsked(record, subject, path)
    const how = `${formatNumber(refused)} of ${formatNumber(asked)} requests for what was kept were refused; the origin was asked for it ${times(origin)} a round`
    const figures = { cachedRefused: refused }
    if (refused > 0)
      return {
        answer: 'limit first: cached answers count',
        says: 'counted answers from the cache against the limit.',
        how,
        order: ['limit', 'cache'],
        figures,
      }
    // Where nothing was kept nothing is said of the cache: the limiter let too many through.
    if (origin > 1) return { answer: 'not told: it was not kept', says: notTold, how, figures }
    return {
      answer: 'cache first: cached answers are free',
      says: 'gave answers from the cache without counting them.',
      how,
      order: ['cache', 'limit'],
      figures,
    }
  },
}

const notTold = 'did not show whether cached answers count, for what was asked again was not kept.'
