/** What has to be known before any of the times is believed: noise, doubtful rounds, broken answers, who is missing. */
import type { RoundRecord, ScenarioRecord } from '../../../../measurement/run-record.ts'
import type { Declaration } from '../../../../systems/declarations.ts'
import { formatNumber, formatShare } from '../../../../units.ts'
import { list, note, plural } from '../../../blocks.ts'
import { flaggedSlices } from '../../../costs/flagged.ts'
import { isSliced, type SlicedScenario } from '../../../costs/sliced.ts'
import { doubtAbout, doubtInWords, machineDrift } from '../../../doubt.ts'
import type { Block } from '../../../finding.ts'
import { absence, roundsOf } from '../../../rounds.ts'

export function cautions(scenario: ScenarioRecord, declared?: readonly Declaration[]): readonly Block[] {
  const doubtful = doubtInWords(scenario)
  const faults = scenario.subjects.flatMap(({ label }) => faultsInWords(label, roundsOf(scenario, label)) ?? [])
  const own = scenario.rounds.reduce((sum, { failures }) => sum + (failures.local ?? 0), 0)
  const absent = scenario.subjects.flatMap((subject) => absence(scenario, subject) ?? [])
  return [
    ...(isSliced(scenario) ? ofSlices(scenario, declared) : []),
    ...(doubtful.length > 0
      ? [note(`Doubtful rounds: ${doubtful.join('; ')}. Ratios that rest on them are withheld.`, 'warning')]
      : []),
    ...faults.map((text) => note(text, 'warning')),
    ...(own > 0
      ? [
          note(
            `For ${plural(own, 'request')} this machine had no file descriptor, port or memory left. They are counted apart, as no system’s errors; what was measured meanwhile is doubtful.`,
            'warning',
          ),
        ]
      : []),
    ...absent.map((text) => note(text, 'warning')),
  ]
}

/** From this share on a machine is said to have changed its pace while it was measured. */
const steady = 0.1

function ofSlices(scenario: SlicedScenario, declared?: readonly Declaration[]): readonly Block[] {
  const flagged = flaggedSlices(scenario)
  const drift = machineDrift(scenario)
  const doubt = doubtAbout(scenario, declared)
  return [
    ...(doubt === undefined ? [] : [note(doubt, 'warning')]),
    ...(flagged === undefined ? [] : [note(flagged, 'warning')]),
    ...(Math.abs(drift) > steady
      ? [
          note(
            `The machine became ${formatShare(Math.abs(drift))} ${drift > 0 ? 'slower' : 'faster'} in the course of the run. Ratios hold, because both sides of a block met it alike; times are a mixture.`,
          ),
        ]
      : []),
  ]
}

/** `What node-proxy answered was not always HTTP/1.1: a header without a colon (3).` */
function faultsInWords(label: string, rounds: readonly RoundRecord[]): string | undefined {
  const groups = Map.groupBy(
    rounds.flatMap(({ faults }) => Object.entries(faults)),
    ([why]) => why,
  )
  const said = [...groups].map(
    ([why, all]) => `${why} (${formatNumber(all.reduce((sum, [, count]) => sum + count, 0))})`,
  )
  return said.length === 0 ? undefined : `What ${label} answered was not always HTTP/1.1: ${list(said)}.`
}
