/** Holds the fixture lab against the gate, below the folder that it is given, and says what goes on, until it is killed. */

import { loadLab } from '../../../src/labs/file/load/load.ts'
import { possibleCasts } from '../../../src/labs/gate/casts.ts'
import { passGate } from '../../../src/labs/gate/gate.ts'

process.env['TMPDIR'] = process.argv[2]
const lab = await loadLab('test/labs/fixture-lab/07-fixture')
const casts = await possibleCasts(lab, 'processes', () => undefined)
await passGate([{ lab, cast: casts.at(-1)! }], {
  ended: () => undefined,
  note: (_, line) => process.stdout.write(`${line}\n`),
  signal: new AbortController().signal,
})
