import { startGuardian } from './cleanup/guardian.ts'
import { openProcesses } from './processes/processes.ts'
import type { Runtime, RuntimeKind, RuntimeOptions } from './topology.ts'

/**
 * Opens a lab of the given kind. Throws EdgeLabError `engineUnreachable`. The caller closes it; should it be killed before,
 * a guardian removes what was started.
 */
export async function openRuntime(kind: RuntimeKind, options: RuntimeOptions): Promise<Runtime> {
  const guardian = await startGuardian(options.runId)
  try {
    const runtime = await open(kind, options)
    return {
      ...runtime,
      close: async () => {
        // Where this fails, the guardian stays and tries again once this process is gone.
        await runtime.close()
        await guardian.dismiss()
      },
    }
  } catch (error) {
    await guardian.dismiss()
    throw error
  }
}

async function open(kind: RuntimeKind, options: RuntimeOptions): Promise<Runtime> {
  if (kind === 'processes') return openProcesses(options)
  // Loaded when it is needed: testcontainers takes longer to load than everything else together.
  const { openContainers } = await import('./containers/containers.ts')
  return openContainers(options)
}
