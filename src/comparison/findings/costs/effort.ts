/** The effort of writing a configuration, beside what it costs to run. */

import { isEmulated } from '../../../measurement/emulated.ts'
import { ranAlready } from '../../../measurement/own-configuration.ts'
import type { RunRecord } from '../../../measurement/run-record.ts'
import { policyFeatures } from '../../../policy/features/index.ts'
import { refusedShare } from '../../answers.ts'
import { cpuInWords, list, table } from '../../blocks.ts'
import { inOrder } from '../../foreign-parts.ts'
import { cpuPerRequest, medianOver, roundsOf } from '../../rounds.ts'
import type { Drawn, RunFinding } from '../module.ts'

export const effort: RunFinding<'effort'> = {
  id: 'effort',
  of: 'run',
  title: 'Effort',
  question: 'How much configuration and code do you maintain?',
  metrics: [
    {
      name: 'configLines',
      unit: 'lines',
      meaning: 'lines of native configuration, at most in one scenario, without comments and blanks',
      missing: 'it is not configured',
    },
    {
      name: 'scriptLines',
      unit: 'lines',
      meaning: 'lines of code of one’s own, at most in one scenario, without comments and blanks',
      missing: 'it is not configured',
    },
  ],
  applies: () => true,
  draw,
}

function draw({ scenarios }: RunRecord): Drawn {
  const rows = scenarios.flatMap((scenario) =>
    scenario.subjects
      .filter((each) => each.kind !== 'baseline' && !ranAlready(each) && each.state !== 'unavailable')
      .filter(({ duplicateOf }) => duplicateOf === undefined)
      .map((subject) => ({
        scenario: scenario.scenario.id,
        subject,
        refused: refusedShare(scenario, subject),
        cpu: medianOver(roundsOf(scenario, subject.label), cpuPerRequest('system')),
      })),
  )
  const features = inOrder([
    ...policyFeatures,
    ...rows.flatMap(({ subject }) => Object.keys(subject.effort.features)),
  ]).filter((feature) => feature !== 'routes')
  const labels = [...new Set(rows.map(({ subject }) => subject.label))]
  const most = labels.map((label) => {
    const own = rows.filter(({ subject }) => subject.label === label).map(({ subject }) => subject.effort)
    return {
      label,
      config: Math.max(...own.map(({ configLines }) => configLines)),
      script: Math.max(...own.map(({ scriptLines }) => scriptLines)),
    }
  })
  const said = most.map(
    ({ label, config, script }) =>
      `${label} ${config} lines of configuration${script > 0 ? ` and ${script} of code` : ''}`,
  )
  return {
    verdict: [
      said.length > 0 ? `At most, for one scenario: ${list(said)}.` : 'Nothing but direct was there to be configured.',
    ],
    blocks: [
      table(
        'Lines by scenario and system',
        [
          'scenario',
          'system',
          '>configuration',
          '>code',
          ...features.map((feature) => `>${feature}`),
          '>CPU per request',
        ],
        rows.map(({ scenario, subject, cpu, refused }) => [
          scenario,
          subject.label,
          String(subject.effort.configLines),
          String(subject.effort.scriptLines),
          ...features.map((feature) => {
            const lines = subject.effort.features[feature]
            return lines ? `${lines.config} + ${lines.script}` : '–'
          }),
          isEmulated(subject) ? 'emulated' : cpuInWords(cpu, refused),
        ]),
        'Without comments and blank lines. By feature: configuration + code that leaving it out would save. For the Node programs, code is the whole program: ' +
          'if you build your own gateway, you write and maintain it.',
      ),
    ],
    metrics: Object.fromEntries(
      most.map(({ label, config, script }) => [label, { configLines: config, scriptLines: script }]),
    ),
  }
}
