/** What has to be known before any of the figures is believed. */
import type { CapacityRecord } from '../../../../measurement/capacity/capacity-record.ts'
import { isEmulated } from '../../../../measurement/emulated.ts'
import type { ScenarioRecord } from '../../../../measurement/run-record.ts'
import { formatShare } from '../../../../units.ts'
import { list, note, plural } from '../../../blocks.ts'
import type { Block } from '../../../finding.ts'
import { absence } from '../../../rounds.ts'
import type { Climbed } from './climbed.ts'

/** Fewer requests than this share of those answered: somebody else than the origins answered the rest. */
const fewReached = 0.98

export function cautions(
  scenario: ScenarioRecord,
  capacity: CapacityRecord,
  all: readonly Climbed[],
): readonly Block[] {
  const absent = scenario.subjects.flatMap((subject) => (isEmulated(subject) ? [] : (absence(scenario, subject) ?? [])))
  const emulated = scenario.subjects.filter((each) => isEmulated(each) && each.state === 'measured')
  const spared = all.filter(({ reachedShare }) => reachedShare < fewReached)
  return [
    note(coresInWords(capacity)),
    ...flagged(capacity),
    ...spared.map(({ subject, reachedShare }) =>
      note(`Only ${formatShare(reachedShare)} of what ${subject.label} answered reached an origin.`, 'warning'),
    ),
    ...emulated.map(({ label }) =>
      note(`${label} was proved, but not measured: how much its emulation carries says nothing about the service.`),
    ),
    ...absent.map((text) => note(text, 'warning')),
  ]
}

function coresInWords({ cores: { driver, others }, stepMs, warmUpMs }: CapacityRecord): string {
  const steps = `Steps of ${stepMs} ms after ${warmUpMs} ms of warm-up over the same connections, in a drawn order.`
  if (!driver || !others)
    return `${steps} No cores were assigned: the driver, systems and origins took from each other.`
  const core = (ids: readonly number[]): string => `${ids.length === 1 ? 'core' : 'cores'} ${list(ids.map(String))}`
  const shared =
    others.length === 1
      ? ' What a request costs the origins is therefore part of every system’s capacity: with a core of its own each would carry more.'
      : ''
  return `${steps} The driver had ${core(driver)}; every system in its turn, and the origins, had ${core(others)}.${shared}`
}

/** Steps in which something else took part, by what it was. */
function flagged({ steps }: CapacityRecord): readonly Block[] {
  const flags = steps.flatMap((step) => step.flags)
  return [...Map.groupBy(flags, (flag) => flag)].map(([flag, all]) =>
    note(`In ${all.length} of ${plural(steps.length, 'step')} ${flag}.`, 'warning'),
  )
}
