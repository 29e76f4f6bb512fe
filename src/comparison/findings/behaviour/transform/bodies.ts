import { headerOf } from '../../../../http/headers.ts'
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import type { BodiesBlock } from '../../../finding.ts'
import { roundsOf } from '../../../rounds.ts'

/** For each client, what each system sent in the first measured phase. */
export function bodies(scenario: ScenarioRecord, subjects: readonly SystemRecord[]): readonly BodiesBlock[] {
  const phase = scenario.scenario.traffic.find(({ measured }) => measured)?.phase
  return Object.keys(scenario.scenario.clients).flatMap((client) => {
    const answers = subjects.flatMap(({ label }) => {
      const sample = roundsOf(scenario, label)
        .flatMap(({ samples }) => samples)
        .find((each) => each.phase === phase && each.client === client && each.status === 200)
      if (!sample) return []
      const headers = sample.headers.filter(([name]) => /^(content-type|content-length|vary)$/i.test(name))
      const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'no type'
      return [{ sent: sample.request, label, status: sample.status, headers, body: sample.body, remark: type }]
    })
    const [first] = answers
    if (!first) return []
    const shown = answers.map(({ sent: _, ...answer }) => answer)
    const request = `Accept: ${headerOf(first.sent.headers, 'accept') ?? '*/*'}`
    return [{ kind: 'bodies' as const, title: `What ${client} got`, request, sent: first.sent, answers: shown }]
  })
}
