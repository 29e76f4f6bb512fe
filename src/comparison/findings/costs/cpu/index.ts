/** What a request costs in CPU time: steadier than requests per second on a small, noisy machine. */
import { isSliced } from '../../../costs/sliced.ts'
import type { ScenarioFinding } from '../../module.ts'
import { drawRounds } from './in-rounds/index.ts'
import { drawSlices } from './in-slices/index.ts'

export const cpu: ScenarioFinding<'cpu'> = {
  id: 'cpu',
  of: 'scenario',
  title: 'CPU',
  question: 'What does a request cost in CPU time?',
  feature: null,
  metrics: [
    {
      name: 'cpuUsPerRequest',
      unit: 'µs',
      meaning: 'CPU time of the system by requests answered, median of the starts or rounds',
      missing: 'its CPU time could not be read, or it did not answer as the scenario expects',
    },
  ],
  applies: ({ measure }) => measure !== 'capacity',
  draw: (scenario, _terms, declared) => (isSliced(scenario) ? drawSlices(scenario, declared) : drawRounds(scenario)),
}
