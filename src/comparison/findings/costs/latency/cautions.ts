/** What has to be known before any of the times is believed: noise, doubtful rounds, broken answers, who is missing. */
import type { RoundRecord, ScenarioRecord } from '../../../../measurement/run-record.ts'
import { formatNumber } from '../../../../units.ts'
import { list, note, plural } from '../../../blocks.ts'
import { doubtInWords } from '../../../doubt.ts'
import type { Block } from '../../../finding.ts'
import { absence, roundsOf } from '../../../rounds.ts'
import type { Compared } from './compared.ts'

export function cautions(scenario: ScenarioRecord, { noiseFloor, between, twin }: Compared): readonly Block[] {
  const doubtful = doubtInWords(scenario)
  const faults = scenario.subjects.flatMap(({ label }) => faultsInWords(label, roundsOf(scenario, label)) ?? [])
  const own = scenario.rounds.reduce((sum, { failures }) => sum + (failures.local ?? 0), 0)
  const absent = scenario.subjects.flatMap((subject) => absence(scenario, subject) ?? [])
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`
  return [
    ...(twin && between && between.rounds > 0
      ? [
          note(
            `Noise: rounds of two equal systems (direct and ${twin.label}) differed by up to ${percent(between.farthest)}.` +
              (between.kind === 'range'
                ? ''
                : ` The 95 % interval of their ratio reaches ${percent(noiseFloor)}: no smaller difference is claimed.`),
          ),
        ]
      : []),
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
