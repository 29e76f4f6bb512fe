/** What a request costs in CPU time: steadier than requests per second on a small, noisy machine. */
import type { RoundRecord, ScenarioRecord } from '../../measurement/run-record.ts'
import { formatBytes, formatNumber } from '../../units.ts'
import { list, note, table } from '../blocks.ts'
import type { Finding } from '../finding.ts'
import { measuredSubjects, medianOver, roundsOf } from '../rounds.ts'

/** Microseconds per answered request, warm-up included: the accounts are read at the round's borders. */
export function cpuPerRequest(of: 'system' | 'origins'): (round: RoundRecord) => number | null {
  return ({ cpuNs, answered }) => (cpuNs[of] === null || answered === 0 ? null : cpuNs[of] / 1000 / answered)
}

export function cpuFinding(scenario: ScenarioRecord): Finding {
  const rows = measuredSubjects(scenario).map(({ label, kind }) => {
    const rounds = roundsOf(scenario, label)
    const each = rounds.map(cpuPerRequest('system')).filter((us) => us !== null)
    return {
      label,
      kind,
      us: medianOver(rounds, cpuPerRequest('system')),
      low: Math.min(...each),
      high: Math.max(...each),
      origins: medianOver(rounds, cpuPerRequest('origins')),
      memory: medianOver(rounds, ({ memoryBytes }) => memoryBytes),
    }
  })
  const priced = rows.filter(({ us }) => Number.isFinite(us)).sort((a, b) => a.us - b.us)
  const [least] = priced
  const most = priced.at(-1)
  const us = (value: number): string => (Number.isFinite(value) ? `${formatNumber(value)} µs` : '–')
  return {
    id: 'cpu',
    scenario: scenario.scenario.id,
    title: `CPU · ${scenario.scenario.title}`,
    question: 'What does a request cost in CPU time?',
    verdict:
      least && most
        ? [
            least === most
              ? `${least.label} spends ${us(least.us)} of CPU on a request.`
              : `A request costs ${us(least.us)} of CPU in ${least.label} and ${us(most.us)} in ${most.label}: ×${(most.us / least.us).toFixed(1)}.`,
          ]
        : ['No system’s CPU time could be read here.'],
    blocks: [
      table(
        'CPU per request and memory',
        ['system', '>CPU per request', '>least – most', '>origins per request', '>memory'],
        rows.map((row) => [
          row.label,
          us(row.us),
          Number.isFinite(row.us) ? `${formatNumber(row.low)} – ${formatNumber(row.high)} µs` : '–',
          us(row.origins),
          Number.isFinite(row.memory) ? formatBytes(Math.round(row.memory)) : '–',
        ]),
        'CPU time of all of a system’s processes at the borders of a round, by requests answered; median of the rounds, with the smallest and largest. ' +
          'Compare within this run: the same work costs more on a slower or colder machine.',
      ),
      ...(priced.length < rows.length
        ? [
            note(
              `Without a figure of their own: ${list(rows.filter(({ us }) => !Number.isFinite(us)).map(({ label }) => label))}.`,
            ),
          ]
        : []),
    ],
    metrics: Object.fromEntries(priced.map(({ label, us }) => [label, { cpuUsPerRequest: us }])),
  }
}
