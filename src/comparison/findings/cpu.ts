/** What a request costs in CPU time: steadier than requests per second on a small, noisy machine. */
import type { RoundRecord, ScenarioRecord } from '../../measurement/run-record.ts'
import { formatBytes, formatNumber } from '../../units.ts'
import { answersOf, whyWithheld } from '../answers.ts'
import { list, note, spelled, table } from '../blocks.ts'
import { doubtInWords, isDoubtful } from '../doubt.ts'
import type { Finding } from '../finding.ts'
import { measuredSystems, medianOver, pairedRatio, roundsOf } from '../rounds.ts'
import { differencesOf, roundsNeeded } from '../statistics.ts'

/** Microseconds per answered request, warm-up included: the accounts are read at the round's borders. */
export function cpuPerRequest(of: 'system' | 'origins'): (round: RoundRecord) => number | null {
  return ({ cpuNs, answered }) => (cpuNs[of] === null || answered === 0 ? null : cpuNs[of] / 1000 / answered)
}

export function cpuFinding(scenario: ScenarioRecord): Finding {
  const rows = measuredSystems(scenario).map((subject) => {
    const { label, kind } = subject
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
      withheld: whyWithheld(answersOf(scenario, subject)) !== undefined,
    }
  })
  const priced = rows.filter(({ us }) => Number.isFinite(us)).sort((a, b) => a.us - b.us)
  const answered = priced.filter(({ withheld }) => !withheld)
  const doubtful = doubtInWords(scenario)
  return {
    id: 'cpu',
    scenario: scenario.scenario.id,
    title: `CPU · ${scenario.scenario.title}`,
    question: 'What does a request cost in CPU time?',
    verdict:
      priced.length > 0 && answered.length === 0
        ? ['No system answered as the scenario expects: what its requests cost says nothing.']
        : verdictOf(scenario, answered),
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
      ...(doubtful.length > 0
        ? [note(`Doubtful rounds: ${doubtful.join('; ')}. Ratios that rest on them are withheld.`, 'warning')]
        : []),
    ],
    metrics: Object.fromEntries(answered.map(({ label, us }) => [label, { cpuUsPerRequest: us }])),
  }
}

function us(value: number): string {
  return Number.isFinite(value) ? `${formatNumber(value)} µs` : '–'
}

interface Priced {
  readonly label: string
  readonly us: number
  readonly low: number
  readonly high: number
}

/** The cheapest against the dearest; all pairs are one family, because which two these are is known only afterwards. */
function verdictOf(scenario: ScenarioRecord, priced: readonly Priced[]): readonly string[] {
  const [least] = priced
  const most = priced.at(-1)
  if (!least || !most) return ['No system’s CPU time could be read here.']
  const rounds = Math.min(...priced.map(({ label }) => roundsOf(scenario, label).length))
  const seen = `In this run a request cost ${us(least.us)} of CPU in ${least.label}`
  if (least === most) {
    const measured = `${seen}: ${us(least.low)} to ${us(least.high)} in the rounds.`
    return rounds < roundsNeeded(1) ? [tooFew(rounds, 1), measured] : [measured]
  }
  const both = `${seen} and ${us(most.us)} in ${most.label}`
  if (isDoubtful(scenario, least.label, most.label)) {
    return ['The comparison is withheld: it would rest on doubtful rounds.', `${both}.`]
  }
  const pairs = priced.flatMap((one, at) => priced.slice(at + 1).map((other) => ({ one, other })))
  if (rounds < roundsNeeded(pairs.length)) return [tooFew(rounds, pairs.length), `${both}.`]
  const ratio = ({ one, other }: (typeof pairs)[number]) =>
    pairedRatio(scenario, other.label, one.label, (round) => cpuPerRequest('system')(round) ?? Number.NaN)
  const intervals = pairs.map(ratio)
  const at = pairs.findIndex(({ one, other }) => one === least && other === most)
  const interval = intervals[at]!
  const { difference } = differencesOf(intervals, 0)[at]!
  const span = `×${interval.ratio.toFixed(1)}, 95 % ${interval.low.toFixed(1)}–${interval.high.toFixed(1)}`
  if (difference === 'higher')
    return [`A request costs ${us(least.us)} of CPU in ${least.label} and ${us(most.us)} in ${most.label} (${span}).`]
  return ['No detectable difference in CPU per request.', `${both} (${span}).`]
}

/** Without a figure: it stands where the eye falls first, and there is nothing to claim. */
function tooFew(rounds: number, comparisons: number): string {
  return `Too few rounds to compare what a request costs: ${spelled(rounds)}, where it takes at least ${spelled(roundsNeeded(comparisons))}.`
}
