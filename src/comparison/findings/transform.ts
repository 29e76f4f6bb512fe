/** Which systems turn one resource into what each client asks for, and whether the data survive. */
import { headerOf } from '../../http/headers.ts'
import type { ProbeRecord, ScenarioRecord, SystemRecord } from '../../measurement/run-record.ts'
import { formatBytes, formatMs } from '../../units.ts'
import { cell, list, note, table } from '../blocks.ts'
import type { BodiesBlock, Finding } from '../finding.ts'
import { absence, claims, countOf, latencyOf, measuredSystems, percentileMs, roundsOf, seriesOf } from '../rounds.ts'

/** undefined where the scenario's policy has no transform. */
export function transformFinding(scenario: ScenarioRecord): Finding | undefined {
  if (scenario.scenario.policy.transform.length === 0) return undefined
  const subjects = measuredSystems(scenario)
  const claimsOf = (subject: SystemRecord): readonly ProbeRecord[] =>
    subject.proof.filter(({ feature }) => feature === 'transform')
  const shares = subjects.map((subject) => {
    const probes = claimsOf(subject)
    return {
      subject,
      probes,
      share: probes.filter(({ state }) => state === 'passed').length / Math.max(probes.length, 1),
    }
  })
  const right = shares
    .filter(({ share, subject }) => share === 1 && claims(subject, 'transform'))
    .map(({ subject }) => subject.label)
  const wrong = shares.filter(({ probes }) => probes.some(({ state }) => state === 'failed'))
  const unable = shares.filter(({ subject }) => !claims(subject, 'transform') && subject.kind !== 'baseline')
  return {
    id: 'transform',
    scenario: scenario.scenario.id,
    title: `Transform · ${scenario.scenario.title}`,
    question: 'Which systems answer each client in its own form, with the origin’s data whole?',
    verdict: [
      right.length > 0
        ? `${list(right)} gave every client its form, small and large, with the origin’s data whole.`
        : 'No system that was measured gave every client its form.',
      ...unable.map(
        ({ subject }) =>
          `${subject.label} cannot do this: ${subject.support['transform']?.how ?? 'this feature did not exist when it was recorded.'}`,
      ),
      ...wrong.map(({ subject, probes }) => {
        const first = probes.find(({ state }) => state === 'failed')!
        return `${subject.label} got it wrong: ${first.received} (${first.claim}).`
      }),
    ],
    blocks: [
      table(
        'Correct, by document and form',
        ['what was asked', ...subjects.map(({ label }) => label)],
        (shares[0]?.probes ?? []).map((probe) => [
          probe.claim,
          ...shares.map(({ subject, probes }) => {
            const own = probes.find(({ id }) => id === probe.id)
            if (own?.state === 'passed') return cell('✓ right', 'good')
            if (own?.state === 'failed') return cell('✗ wrong', 'bad')
            return cell(claims(subject, 'transform') ? 'not tried' : '–', 'muted')
          }),
        ]),
        'Judged by parsing what arrived and comparing its data with the origin’s own answer: names, order of lists, text, and numbers as they were written. –: transforms nothing, and was not asked.',
      ),
      speedTable(scenario, subjects),
      ...bodies(scenario, subjects),
      ...scenario.subjects.flatMap((subject) => absence(scenario, subject) ?? []).map((text) => note(text, 'warning')),
    ],
    metrics: Object.fromEntries(shares.map(({ subject, share }) => [subject.label, { correctShare: share }])),
  }
}

function speedTable(scenario: ScenarioRecord, subjects: readonly SystemRecord[]) {
  const phases = scenario.scenario.traffic.filter(({ measured }) => measured)
  const rows = phases.flatMap(({ phase }) =>
    Object.keys(scenario.scenario.clients).flatMap((client) =>
      subjects.map(({ label }) => {
        const series = seriesOf(
          scenario,
          roundsOf(scenario, label),
          (each) => each.phase === phase && each.client === client,
        )
        const bytes = series.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0)
        const count = countOf(series)
        return {
          phase,
          client,
          label,
          count,
          size: count === 0 ? 0 : bytes / count,
          p50: percentileMs(latencyOf(series), 50),
        }
      }),
    ),
  )
  return table(
    'Time and size',
    ['phase', 'client', 'system', '>requests', '>body', '>p50'],
    rows
      .filter(({ count }) => count > 0)
      .map((row) => [
        row.phase,
        row.client,
        row.label,
        String(row.count),
        formatBytes(Math.round(row.size)),
        formatMs(row.p50),
      ]),
    'A body of the same size as the web client’s has not been transformed.',
  )
}

/** For each client, what each system sent in the first measured phase. */
function bodies(scenario: ScenarioRecord, subjects: readonly SystemRecord[]): readonly BodiesBlock[] {
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
