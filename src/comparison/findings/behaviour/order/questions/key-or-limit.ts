/** Strangers ask far more often than a limit allows, and right after them a consumer at the same address does. */
import { formatNumber } from '../../../../../units.ts'
import { type Asking, answersIn, areKnown, areStrangers, lineFor, type OnePath, phasesOf } from '../phases.ts'
import type { Question } from '../question.ts'

interface Flood {
  readonly strangers: OnePath
  readonly after: OnePath
}

/** Two phases, one right after the other, that share a limit by address; undefined where there are none. */
function floodOf(scenario: Asking): Flood | undefined {
  const phases = phasesOf(scenario)
  const at = phases.findIndex((strangers, index) => {
    const after = phases[index + 1]
    const limit = strangers && lineFor(scenario, 'rateLimit', strangers.path)
    return (
      strangers !== undefined &&
      after !== undefined &&
      limit?.per === 'address' &&
      strangers.requests >= 2 * limit.burst &&
      after.requests <= limit.burst &&
      lineFor(scenario, 'rateLimit', after.path) === limit &&
      lineFor(scenario, 'apiKey', strangers.path) !== undefined &&
      areStrangers(scenario, strangers.clients) &&
      areKnown(scenario, after.clients)
    )
  })
  return at === -1 ? undefined : { strangers: phases[at]!, after: phases[at + 1]! }
}

export const keyOrLimit: Question = {
  title: 'key or limit',
  features: ['apiKey', 'rateLimit'],
  metrics: [
    {
      name: 'refusedAfterStrangers',
      unit: 'requests',
      meaning: 'requests of a consumer that were answered 429 right after strangers at the same address, in all rounds',
      missing: 'it has no keys or no limit, or no strangers come before a consumer',
    },
  ],
  isAsked: (scenario) => floodOf(scenario) !== undefined,
  seen: (record, subject) => {
    const { strangers, after } = floodOf(record.scenario)!
    const limited = (phase: string): number => answersIn(record, subject, phase, (status) => status === 429)
    const [bad, refused] = [limited(strangers.phase), limited(after.phase)]
    const how = `${formatNumber(bad)} of ${formatNumber(answersIn(record, subject, strangers.phase))} bad keys were told 429, the others for their key; right after them a consumer got ${formatNumber(answersIn(record, subject, after.phase) - refused)} of ${formatNumber(answersIn(record, subject, after.phase))}`
    const figures = { refusedAfterStrangers: refused }
    return refused > 0 || bad > 0
      ? {
          answer: 'limit first: bad keys count',
          tone: 'bad',
          says: 'counted bad keys: strangers use up what a consumer at the same address may have.',
          how,
          order: ['limit', 'key'],
          figures,
        }
      : {
          answer: 'key first: bad keys are free',
          tone: 'good',
          says: 'refused bad keys before counting: strangers use up nothing of a consumer’s limit.',
          how,
          order: ['key', 'limit'],
          figures,
        }
  },
}
