import { availableAsProcess } from '../../src/runtime/processes/binaries.ts'
import { openProcesses } from '../../src/runtime/processes/processes.ts'
import { systems } from '../../src/systems/index.ts'
import type { SystemId } from '../../src/systems/system.ts'
import { conformance } from './lab.ts'

conformance(
  () => openProcesses({ runId: `conformance-${process.pid}`, signal: new AbortController().signal }),
  (id) => {
    const { launch } = systems[id as SystemId]
    const availability = launch && availableAsProcess(launch)
    return availability?.available === false ? availability.reason : undefined
  },
)
