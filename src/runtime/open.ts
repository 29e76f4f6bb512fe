import { openProcesses } from './processes.ts'
import type { Runtime, RuntimeKind, RuntimeOptions } from './topology.ts'

/** Opens a lab of the given kind. Throws LabError `engineUnreachable`. The caller closes it. */
export async function openRuntime(kind: RuntimeKind, options: RuntimeOptions): Promise<Runtime> {
  if (kind === 'processes') return openProcesses(options)
  // Loaded when it is needed: testcontainers takes longer to load than everything else together.
  const { openContainers } = await import('./containers.ts')
  return openContainers(options)
}
