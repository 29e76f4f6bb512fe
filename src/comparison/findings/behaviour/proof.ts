/** What every system was seen to do before it was measured. */
import type { ProbeRecord, RunRecord } from '../../../measurement/run-record.ts'
import { cell, plural, table } from '../../blocks.ts'
import { featureTitle, inOrder } from '../../foreign-parts.ts'
import type { Drawn, RunFinding } from '../module.ts'

interface Tried {
  readonly scenario: string
  readonly label: string
  readonly probe: ProbeRecord
}

export const proof: RunFinding<'proof'> = {
  id: 'proof',
  of: 'run',
  title: 'Proof',
  question: 'Does every system do what the policy says?',
  metrics: [],
  applies: () => true,
  draw,
}

function draw({ scenarios }: RunRecord): Drawn {
  const tried = scenarios.flatMap(({ scenario, subjects }) =>
    subjects
      .filter(({ kind, duplicateOf }) => kind !== 'baseline' && duplicateOf === undefined)
      .flatMap(({ label, proof }) => proof.map((probe): Tried => ({ scenario: scenario.id, label, probe }))),
  )
  const labels = [...new Set(tried.map(({ label }) => label))]
  const features = inOrder(tried.map(({ probe }) => probe.feature))
  const failed = tried.filter(({ probe }) => probe.state === 'failed')
  const passed = tried.filter(({ probe }) => probe.state === 'passed').length
  return {
    verdict: [
      failed.length === 0
        ? `Every probe of what the systems claim passed: ${plural(passed, 'probe')}.`
        : `${plural(failed.length, 'probe')} failed and ${passed} passed: ${[...new Set(failed.map(({ label }) => label))].join(', ')} did not do what they claim.`,
    ],
    blocks: [
      table(
        'Probes passed, by feature and system',
        ['feature', ...labels],
        features.map((feature) => [featureTitle(feature), ...labels.map((label) => stateOf(tried, feature, label))]),
        'Passed of tried. A feature that a system does not claim is not tried; why is under “not claimed” in its configuration.',
      ),
      ...(failed.length > 0
        ? [
            table(
              'What failed',
              ['system', 'scenario', 'claim', 'expected', 'received'],
              failed.map(({ label, scenario, probe }) => [
                label,
                scenario,
                probe.claim,
                probe.expected,
                cell(probe.received, 'bad'),
              ]),
            ),
          ]
        : []),
    ],
    metrics: {},
  }
}

function stateOf(tried: readonly Tried[], feature: string, label: string) {
  const own = tried.filter(
    (each) => each.label === label && each.probe.feature === feature && each.probe.state !== 'skipped',
  )
  if (own.length === 0) return cell('not claimed', 'muted')
  const passed = own.filter(({ probe }) => probe.state === 'passed').length
  return cell(`${passed === own.length ? '✓' : '✗'} ${passed}/${own.length}`, passed === own.length ? 'good' : 'bad')
}
