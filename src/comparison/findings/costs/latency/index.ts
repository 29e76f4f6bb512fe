/** How long answers took, against asking the origin directly. */
import { isSliced } from '../../../costs/sliced.ts'
import type { ScenarioFinding } from '../../module.ts'
import { drawRounds } from './in-rounds/index.ts'
import { drawSlices } from './in-slices/index.ts'

export const latency: ScenarioFinding<'latency'> = {
  id: 'latency',
  of: 'scenario',
  title: 'Latency',
  question: 'How long does an answer take, measured from the moment its request was scheduled?',
  feature: null,
  metrics: [
    {
      name: 'p50Ratio',
      unit: 'ratio',
      meaning:
        'median latency by that of direct in the same block of slices or the same round, of answers that both accepted',
      missing: 'it and direct accepted nothing that could be compared',
    },
    {
      name: 'p50Ms',
      unit: 'ms',
      meaning: 'median latency of accepted answers, from the moment the request was due',
      missing: 'it accepted nothing, or not enough was answered as the scenario expects',
    },
    {
      name: 'p99Ms',
      unit: 'ms',
      meaning: '99th percentile of the latency of accepted answers, from the moment the request was due',
      missing: 'it accepted too few requests, or not enough was answered as the scenario expects',
    },
    {
      name: 'errors',
      unit: 'requests',
      meaning: 'requests that were not answered as the scenario expects, in the whole run',
      missing: 'nothing was sent',
    },
  ],
  applies: ({ measure }) => measure !== 'capacity',
  draw: (scenario, _terms, declared) => (isSliced(scenario) ? drawSlices(scenario, declared) : drawRounds(scenario)),
  namesWithheld: true,
}
