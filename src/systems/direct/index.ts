/** The baseline: the client asks the origin directly. */
import { type Cells, type Lacking, supportOf } from '../cell.ts'
import { fidelityOf } from '../fidelity.ts'
import type { System } from '../system.ts'

/** The one column of cells without a file each: it does nothing at all. */
const cells: Cells = {
  routes: lacking('Nobody stands in between: the client itself must know which origin has what.'),
  balancing: lacking('The client knows one instance and asks that one.'),
  cache: lacking('Every request reaches the origin.'),
  apiKey: lacking('Nobody asks for a key before the origin is reached.'),
  rateLimit: lacking('The origin takes what comes.'),
  transform: lacking('The client gets what the origin writes.'),
  quota: lacking('Nobody counts who asked for how much.'),
}

function lacking(how: string): Lacking {
  return { support: { level: 'none', how, docs: 'https://www.rfc-editor.org/rfc/rfc9110#section-3.7' } }
}

export const direct: System = {
  id: 'direct',
  title: 'direct',
  kind: 'baseline',
  summary: 'No proxy: the driver asks the first instance of the origin. What everything else is compared with.',
  support: supportOf(cells),
  reach: { kind: 'origin' },
  compile: (policy) => ({ files: [], fidelity: fidelityOf(policy, cells) }),
}
