/** What a scenario offers its systems, on one line: figures mean nothing without it. */
import type { ScenarioRecord } from '../measurement/run-record.ts'
import { countedSlices } from '../measurement/slices/counted.ts'
import type { MixEntry, Phase } from '../scenario/scenario.ts'
import { formatMs, formatNumber, formatShare } from '../units.ts'
import { few, list, plural } from './blocks.ts'
import { isSliced, type SlicedScenario } from './costs/sliced.ts'
import { measuredSystems, roundsOf } from './rounds.ts'

/** `Offered: 400 requests a second for 1.0 s (Poisson arrivals, paths drawn evenly), after 300 ms of warm-up, …` */
export function offeredBy(record: ScenarioRecord): string {
  const { scenario } = record
  const measured = scenario.traffic.filter((phase) => phase.measured)
  const warmUp =
    record.capacity?.warmUpMs ??
    scenario.traffic.filter((phase) => !phase.measured).reduce((sum, { forMs }) => sum + forMs, 0)
  const alike = Map.groupBy(measured, (phase) =>
    load(phase, isSliced(record) ? undefined : (record.capacity?.stepMs ?? phase.forMs)),
  )
  const phases = [...alike].map(([offered, some]) =>
    measured.length > 1
      ? `${few(some.map(({ phase }) => phase))}: ${offered}${some.length > 1 ? ' each' : ''}`
      : offered,
  )
  const parts = [
    phases.join('; '),
    ...(isSliced(record) ? [slicesWords(record)] : []),
    warmUp > 0 ? `after ${formatMs(warmUp)} of warm-up` : 'without warm-up',
    record.capacity
      ? `over ${list(record.capacity.ladder.map(String))} connections, one number after another`
      : `over at most ${plural(scenario.connections, 'connection')}`,
    ...(isSliced(record) ? [] : [`in ${roundsWords(record)}${scenario.fresh ? ', each from a fresh start' : ''}`]),
  ]
  return `Offered: ${parts.join(measured.length > 1 ? '; ' : ', ')}.`
}

/** `forMs` undefined: as long as a slice is. */
function load(phase: Phase, forMs: number | undefined): string {
  const details = [...methods(phase), ...arrivals(phase), ...skew(phase)]
  const how = details.length > 0 ? ` (${details.join(', ')})` : ''
  if (phase.kind === 'burst') return `${plural(phase.atOnce, 'request')} at once${how}`
  if (phase.kind === 'closed') return `the next request with each answer, for ${formatMs(forMs ?? phase.forMs)}${how}`
  const { fromPerSecond: from, toPerSecond: to } = phase
  const rate = from === to ? formatNumber(to) : `${formatNumber(from)} rising to ${formatNumber(to)}`
  const during = forMs === undefined ? '' : ` for ${formatMs(forMs)}`
  return `${to < from ? rate.replace('rising', 'falling') : rate} requests a second${during}${how}`
}

/** `in slices of 100 ms, 24 for each system in each of 6 fresh starts` */
function slicesWords({ slices }: SlicedScenario): string {
  const starts = [...Map.groupBy(countedSlices(slices), ({ start }) => start).values()]
  const blocks = starts.map((own) => new Set(own.map(({ block }) => block)).size)
  const [least, most] = [Math.min(...blocks), Math.max(...blocks)]
  const each = least === most ? String(most) : `${least} to ${most}`
  const where = starts.length === 1 ? 'one fresh start' : `each of ${starts.length} fresh starts`
  return `in slices of ${formatMs(slices.sliceMs)}, ${each} for each system in ${where}`
}

/** `25 % POST`; nothing where all are GETs. */
function methods({ mix }: Phase): readonly string[] {
  const weightOf = (entries: readonly MixEntry[]): number => entries.reduce((sum, { weight }) => sum + weight, 0)
  const byMethod = Map.groupBy(mix, ({ method }) => method)
  return [...byMethod].flatMap(([method, entries]) =>
    method === 'GET' ? [] : [`${formatShare(weightOf(entries) / weightOf(mix))} ${method}`],
  )
}

function arrivals(phase: Phase): readonly string[] {
  if (phase.kind !== 'rate') return []
  return [phase.arrivals === 'poisson' ? 'Poisson arrivals' : 'evenly spaced']
}

/** How the numbers in `{1..200}` are drawn. */
function skew({ mix }: Phase): readonly string[] {
  const drawn = mix.filter(({ path }) => path.includes('{'))
  if (drawn.length === 0) return []
  const zipf = drawn.filter((entry) => entry.skew === 'zipf').length
  if (zipf === 0) return ['paths drawn evenly']
  return [zipf === drawn.length ? 'paths by Zipf’s law' : 'some paths by Zipf’s law']
}

function roundsWords(record: ScenarioRecord): string {
  const counts = measuredSystems(record).map(({ label }) => roundsOf(record, label).length)
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  if (most < record.plannedRounds)
    return `${least === most ? most : `${least} to ${most}`} of ${plural(record.plannedRounds, 'planned round')}`
  return plural(most, 'round')
}
