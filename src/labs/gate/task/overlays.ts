/** Which folders of a lab hold something for the systems of a cast. */
import { join } from 'node:path'
import { readPlainFiles } from '../../../systems/own-configuration/plain-files.ts'
import type { Lab } from '../../file/lab.ts'

/** `matter`: the files of the task that count in this cast, below the workspace. */
export async function isFor(lab: Lab, folder: string, matter: readonly string[]): Promise<boolean> {
  const { files } = await readPlainFiles(join(lab.folder, folder))
  return files.some(({ path }) => matter.includes(path))
}
