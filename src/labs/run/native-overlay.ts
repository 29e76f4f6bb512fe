/**
 * A learner's native files, which replace what the policy compiles to. Nothing outside the role's own folder is read.
 */

import { realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { EdgeLabError, Problem } from '../../errors.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { type OwnFile, placeholderProblems } from '../../systems/own-configuration/own-files.ts'
import { readPlainFiles } from '../../systems/own-configuration/plain-files.ts'
import { badInput } from '../../yaml-file.ts'
import { isInside } from '../file/input/input.ts'

export interface Overlay {
  /** Below the workspace: `native/nginx`. */
  readonly folder: string
  readonly files: readonly OwnFile[]
}

/** Reads a role's native folder. Throws EdgeLabError `badInput` where something in it cannot be used, located. */
export async function readOverlay(workspace: string, folder: string): Promise<Overlay> {
  const root = isInside(folder) ? await realpath(join(workspace, folder)).catch(() => undefined) : undefined
  if (root === undefined) throw refused(folder, 'there is no such folder: reset the step to get it back')
  if (!root.startsWith((await realpath(workspace)) + sep)) throw refused(folder, 'it leads out of the lab’s files')
  const { files, refused: unusable } = await readPlainFiles(root).catch((cause: Error) => {
    throw refused(folder, `it cannot be read: ${cause.message}`)
  })
  const problems = unusable.map(({ path, message }) => ({ file: `${folder}/${path}`, path: '', message }))
  if (problems.length > 0) throw badInput(folder, problems)
  return { folder, files }
}

/**
 * Files of the lab that the learner removed: the compiled ones would take their place, and the checks would judge
 * those. `original` is the lab's own folder.
 */
export async function missingFrom({ folder, files }: Overlay, original: string): Promise<readonly Problem[]> {
  // Where the lab's own folder was removed meanwhile, no file is missing.
  const { files: laid } = await readPlainFiles(original).catch(() => ({ files: [] }))
  return laid
    .filter(({ path }) => !files.some((file) => file.path === path))
    .map(({ path }) => ({ file: `${folder}/${path}`, path: '', message: 'it is gone: reset the step to get it back' }))
}

function refused(folder: string, message: string): EdgeLabError {
  return badInput(folder, [{ file: folder, path: '', message }])
}

/** Placeholders that cannot be used in a native file, each with its line and column. */
export function overlayProblems({ folder, files }: Overlay, scenario: Scenario): readonly Problem[] {
  return placeholderProblems(files, scenario, ({ path }) => `${folder}/${path}`)
}
