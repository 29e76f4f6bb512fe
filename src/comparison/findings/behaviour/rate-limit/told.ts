/** What a refused client learns: its answer, and in words. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { list } from '../../../blocks.ts'
import type { BodiesBlock } from '../../../finding.ts'
import { roundsOf } from '../../../rounds.ts'

/** What a refused client learns, in words. */
export function toldOf(scenario: ScenarioRecord, { label }: SystemRecord, client: string): string {
  const sample = roundsOf(scenario, label)
    .flatMap(({ samples }) => samples)
    .find((each) => each.client === client && each.status === 429)
  if (!sample) return 'nothing, for nobody was refused'
  const names = sample.headers.map(([name]) => name.toLowerCase())
  const hints = [
    names.includes('retry-after') ? 'when to come back' : '',
    names.includes('ratelimit-remaining') || names.includes('x-ratelimit-remaining') ? 'how much is left' : '',
  ].filter(Boolean)
  return hints.length === 0 ? '429 and nothing else' : `429 and ${list(hints)}`
}

export function toldBlock(scenario: ScenarioRecord, subjects: readonly SystemRecord[], client: string): BodiesBlock {
  const telling = /^(retry-after|ratelimit|x-ratelimit|content-type|www-authenticate)/i
  const answers = subjects.flatMap((subject) => {
    const sample = roundsOf(scenario, subject.label)
      .flatMap(({ samples }) => samples)
      .find((each) => each.client === client && each.status === 429)
    if (!sample) return []
    const headers = sample.headers.filter(([name]) => telling.test(name))
    return [
      {
        sent: sample.request,
        label: subject.label,
        status: sample.status,
        headers,
        body: sample.body,
        remark: toldOf(scenario, subject, client),
      },
    ]
  })
  const [first] = answers
  return {
    kind: 'bodies',
    title: 'What the refused client is told',
    request: `the first refused request of ${client}`,
    ...(first ? { sent: first.sent } : {}),
    answers: answers.map(({ sent: _, ...answer }) => answer),
  }
}
