/** Who was refused and what it was told, by system. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { formatNumber, formatShare } from '../../../../units.ts'
import { type Said, spelled } from '../../../blocks.ts'
import { claims } from '../../../rounds.ts'
import { againstIdeal } from './bucket.ts'
import type { ClientFigures } from './clients.ts'
import { seenToBe } from './seen-to-be.ts'
import { toldOf } from './told.ts'

export function saidOf(
  scenario: ScenarioRecord,
  subject: SystemRecord,
  figures: readonly ClientFigures[],
  limited: string | undefined,
): readonly Said[] {
  const { label } = subject
  const greedy = figures.find(({ client }) => client === limited)
  if (!greedy) return []
  if (greedy.sent === 0) return [{ label, says: `answered nothing to ${greedy.client}, whom the limit is for.` }]
  const others = figures.filter(
    ({ client, sent, unauthorized }) => client !== limited && sent > 0 && unauthorized === 0,
  )
  if (!claims(subject, 'rateLimit')) {
    return subject.kind === 'baseline'
      ? []
      : [
          {
            label,
            says: `limited nobody: ${greedy.client} got all of its ${formatNumber(greedy.sent)} requests through.`,
          },
        ]
  }
  const told = toldOf(scenario, subject, greedy.client)
  const left = othersInWords(others)
  const seen = seenToBe(subject)
  const approximated = subject.native.fidelity.find(
    ({ feature, level }) => feature === 'rateLimit' && level === 'approximated',
  )
  return [
    {
      label,
      says: `${[acceptedInWords(scenario, subject, greedy), ...left, `refused clients were told ${told}`].join('; ')}.`,
    },
    ...(seen === undefined ? [] : [{ label, says: `limited as a ${seen} does, by the probe’s answers.` }]),
    ...(approximated ? [{ label, says: `only approximated a bucket (${approximated.how}).` }] : []),
  ]
}

/** Each by name, or all in one where they are many. */
function othersInWords(others: readonly ClientFigures[]): readonly string[] {
  if (others.length <= 3)
    return others.map(({ client, share }) => `${client} got ${formatShare(share)} of what it asked for`)
  const shares = others.map(({ share }) => share)
  const [least, most] = [formatShare(Math.min(...shares)), formatShare(Math.max(...shares))]
  return [
    `the ${spelled(others.length)} others got ${least === most ? least : `${least} to ${most}`} of what they asked for`,
  ]
}

/** A bucket lets its burst through beside the rate: compared with the bare limit alone, a correct system would look too generous. */
function acceptedInWords(
  scenario: ScenarioRecord,
  { label }: SystemRecord,
  { client, perSecond }: ClientFigures,
): string {
  const read = againstIdeal(scenario, label, client)
  if (!read) return `let ${client} have ${formatNumber(perSecond)} requests a second`
  const passed = `let ${formatNumber(read.accepted)} of ${client}’s ${formatNumber(read.offered)} requests through`
  const ideal = `an ideal bucket would let ${formatNumber(read.ideal)} through`
  return read.reading === 'right'
    ? `${passed}, as the policy says (${ideal})`
    : `${passed}, which is ${read.reading} (${ideal})`
}
