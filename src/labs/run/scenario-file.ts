import { join } from 'node:path'
import type { LoadOptions } from '../../scenario/load.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { readPlainText } from '../../text-file.ts'
import { badInput } from '../../yaml-file.ts'
import { loadLabScenario } from '../file/lab-scenario.ts'

/**
 * A scenario as the learner's files have it now; `file` is its path below the workspace. Throws EdgeLabError `badInput` with
 * its mistakes.
 */
export async function readLabScenario(
  workspace: string,
  file: string,
  makeKey: LoadOptions['makeKey'],
): Promise<Scenario> {
  const text = await readPlainText(join(workspace, file)).catch((cause: Error) => {
    throw badInput(file, [{ file, path: '', message: `it cannot be read: ${cause.message}` }])
  })
  return loadLabScenario(text, file, makeKey)
}
