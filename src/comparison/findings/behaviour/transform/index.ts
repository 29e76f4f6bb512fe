/** Which systems turn one resource into what each client asks for, and whether the data survive. */
import type { ProbeRecord, ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { cell, list, note, table } from '../../../blocks.ts'
import { absence, claims, comparedSystems } from '../../../rounds.ts'
import type { Drawn, ScenarioFinding } from '../../module.ts'
import { bodies } from './bodies.ts'
import { bySize, sizeBlocks, sizeSentences } from './sizes.ts'
import { speedTable } from './speed.ts'

export const transform: ScenarioFinding<'transform'> = {
  id: 'transform',
  of: 'scenario',
  title: 'Transform',
  question: 'Which systems answer each client in its own form, with the origin’s data whole?',
  feature: 'transform',
  metrics: [
    {
      name: 'correctShare',
      unit: 'share',
      meaning: 'share of the probes of transforms that passed',
      missing: 'it was not probed',
    },
  ],
  applies: ({ policy }) => policy.transform.length > 0,
  draw,
}

function draw(scenario: ScenarioRecord): Drawn {
  const subjects = comparedSystems(scenario)
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
  const sizes = bySize(scenario, subjects)
  const unable = shares.filter(({ subject }) => !claims(subject, 'transform') && subject.kind !== 'baseline')
  return {
    verdict: [
      right.length > 0
        ? `${list(right)} gave every client its form, small and large, with the origin’s data whole.`
        : 'No system that was measured gave every client its form.',
      ...sizeSentences(sizes),
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
      ...sizeBlocks(sizes),
      speedTable(scenario, subjects),
      ...bodies(scenario, subjects),
      ...scenario.subjects.flatMap((subject) => absence(scenario, subject) ?? []).map((text) => note(text, 'warning')),
    ],
    metrics: Object.fromEntries(shares.map(({ subject, share }) => [subject.label, { correctShare: share }])),
  }
}
