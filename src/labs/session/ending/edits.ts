/** What stands in the files of tasks, before and after: as the learner left them, and as solutions have them. */
import { join } from 'node:path'
import type { Name } from '../../../policy/policy.ts'
import { readText } from '../../../text-file.ts'
import type { Lab, TaskStep } from '../../file/lab.ts'
import type { Cast } from '../../run/cast.ts'
import { beforeFolder, filesFor } from '../workspace.ts'

export interface EditedFile {
  /** Below the workspace. */
  readonly path: string
  /** When the task was begun. */
  readonly before: string
  /** Of the learner: its text when the next task that edits it was begun; today's text where no later task does. */
  readonly after: string
}

/** By task: every file that may be edited there. */
export async function editedFiles(
  lab: Lab,
  cast: Cast,
  workspace: string,
): Promise<Readonly<Record<Name, readonly EditedFile[]>>> {
  const tasks = tasksOf(lab)
  const edits = tasks.map(async (task, at) => {
    const later = tasks.slice(at + 1)
    const files = filesFor(lab, cast, task).map(async (path): Promise<EditedFile> => {
      const next = later.filter(({ edit }) => edit.includes(path)).map(({ id }) => beforeFolder(id, workspace))
      const [before, after] = await Promise.all([
        beforeOf(lab, workspace, task, path),
        firstReadable([...next, workspace], path),
      ])
      return { path, before, after: after ?? '' }
    })
    return [task.id, await Promise.all(files)] as const
  })
  return Object.fromEntries(await Promise.all(edits))
}

/** The files of a task that an overlay of the lab changes, from what the learner began with. */
export async function overlaidFiles(
  lab: Lab,
  cast: Cast,
  workspace: string,
  task: TaskStep,
  overlay: string,
): Promise<readonly EditedFile[]> {
  const files = filesFor(lab, cast, task).map(async (path) => {
    const [before, after] = await Promise.all([
      beforeOf(lab, workspace, task, path),
      firstReadable([join(lab.folder, overlay)], path),
    ])
    return after === null || after === before ? [] : [{ path, before, after }]
  })
  return (await Promise.all(files)).flat()
}

export function tasksOf(lab: Lab): readonly TaskStep[] {
  return lab.steps.filter((step) => step.type === 'task')
}

async function beforeOf(lab: Lab, workspace: string, { id }: TaskStep, path: string): Promise<string> {
  return (await firstReadable([beforeFolder(id, workspace), join(lab.folder, 'files')], path)) ?? ''
}

/** null where none of the folders has such a file. */
async function firstReadable(folders: readonly string[], path: string): Promise<string | null> {
  for (const folder of folders) {
    const text = await readText(join(folder, path)).catch(() => null)
    if (text !== null) return text
  }
  return null
}
