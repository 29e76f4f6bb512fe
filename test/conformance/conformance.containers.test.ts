import { describe, test } from 'vitest'
import { chooseRuntime } from '../../src/runtime/choose.ts'
import { askEngine } from '../../src/runtime/containers/engine.ts'
import { openRuntime } from '../../src/runtime/open.ts'
import { systems } from '../../src/systems/index.ts'
import { conformance } from './lab.ts'

const state = await askEngine()
if (!state.answers) {
  describe('containers', () => {
    test.skip(`every probe (${state.why})`)
  })
} else {
  const candidates = Object.values(systems).flatMap(({ id, launch }) => (launch ? [{ id, launch }] : []))
  const { availability } = await chooseRuntime('containers', candidates, () => undefined)
  conformance(
    () => openRuntime('containers', { runId: `conformance-${process.pid}`, signal: new AbortController().signal }),
    (id) => {
      const here = availability[id]
      return here?.available === false ? here.reason : undefined
    },
  )
}
