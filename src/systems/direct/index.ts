/** The baseline: nobody between the client and the origin. */
import { fidelityOf } from '../fidelity.ts'
import type { System } from '../system.ts'
import { support } from './support.ts'

export const direct: System = {
  id: 'direct',
  title: 'direct',
  kind: 'baseline',
  summary: 'No proxy: the driver asks the first instance of the origin. What everything else is compared with.',
  support,
  compile: (policy) => ({
    files: [],
    // Every feature is `none` here, so that no line is ever asked for.
    fidelity: fidelityOf(policy, support, ({ line }) => ({ level: 'impossible', how: line })),
  }),
}
