/** Documents that belong to somebody, and who received them. */

import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { personalPaths } from '../../../../scenario/served.ts'
import type { Sample, Series } from '../../../../traffic/plan.ts'
import { countOf, entryOf, roundsOf } from '../../../rounds.ts'

export interface Received {
  readonly phase: string
  readonly client: string
  /** Who the client is. */
  readonly consumer: string
  /** Whose document it got, as its body says. */
  readonly owner: string
  /** How many answers were this one. */
  readonly count: number
  readonly sample: Sample
}

/** Of the samples of a record those that name an owner, in JSON or XML, and went to a client who is somebody. */
export function receivedBy({ scenario, ...record }: ScenarioRecord, { label }: SystemRecord): readonly Received[] {
  return roundsOf({ scenario, ...record }, label)
    .flatMap(({ samples }) => samples)
    .flatMap((sample) => {
      // Records of before every answer was looked at have the first alone.
      const { phase, client, status, body, count = 1 } = sample
      const consumer = scenario.clients[client]?.consumer
      const owner = ownerOf(body)
      if (status !== 200 || consumer === undefined || owner === undefined) return []
      return [{ phase, client, consumer, owner, count, sample }]
    })
}

/** How many answers a system gave, warm-up included, of documents that belong to somebody, to clients who are somebody. */
export function givenBy(record: ScenarioRecord, { label }: SystemRecord): number {
  const personal = personalPaths(record.scenario)
  const isPersonal = (series: Series): boolean =>
    series.status === 200 &&
    record.scenario.clients[series.client]?.consumer !== undefined &&
    personal.includes(entryOf(record, series)?.path ?? '')
  return countOf(
    roundsOf(record, label).flatMap(({ seconds }) => seconds.flatMap(({ series }) => series.filter(isPersonal))),
  )
}

/** Undefined where a body names none: another document, or one that was asked for by nobody in particular. */
function ownerOf(body: string): string | undefined {
  return /"owner"\s*:\s*"([^"]+)"|<owner>([^<]+)<\/owner>/.exec(body)?.slice(1).find(Boolean)
}
