/** What a reader has to know to configure a target, before the run that proves and measures it. */
import { probesOf } from '../../../experiment/proof/probes-of.ts'
import { policyLines } from '../../../policy/lines.ts'
import { cacheStatusHeader, consumerHeader } from '../../../policy/policy.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { defaultOriginsFrom, originsInWords } from './origins-from.ts'

/** Lines of text. `unwritten`: consumers for whom the scenario has no key. */
export function whatItHasToDo(scenario: Scenario, unwritten: readonly string[]): readonly string[] {
  const probes = probesOf(scenario)
  return [
    `What a target has to do in “${scenario.id}”, so that its probes pass:`,
    '',
    'Ask the origins, which a run starts where --origins says:',
    ...originsInWords(scenario, defaultOriginsFrom).map((origin) => `  ${origin}`),
    '',
    `Tell them in ${consumerHeader} who asks, and nothing where nobody is known; tell clients in ${cacheStatusHeader} HIT, MISS or STALE where it caches.`,
    ...(unwritten.length > 0
      ? [
          '',
          `Know ${unwritten.join(', ')} by keys that you choose: “name: key” a line in a file, which the run is given with --keys.`,
        ]
      : []),
    '',
    'Carry out the policy. Below each line is what its probes look for:',
    ...policyLines(scenario.policy).flatMap(({ path, line }) => [
      `  ${line}`,
      ...probes.filter((probe) => probe.line === path).map(({ claim }) => `    - ${claim}`),
    ]),
    '',
    `edgelab run ${scenario.id} --target mine=http://127.0.0.1:8080${unwritten.length > 0 ? ' --keys keys.yaml' : ''}`,
  ]
}
