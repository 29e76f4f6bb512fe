/**
 * The learner's files: copied once from the lab, then the learner's own. On request they are reset or overlaid with a
 * solution.
 */
import { cp, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import type { Name } from '../../policy/policy.ts'
import { whyUnwritable } from '../../text-file.ts'
import type { Lab, TaskStep } from '../file/lab.ts'
import type { Cast } from '../run/cast.ts'

/** Copies those of the lab's files/ that are missing; existing files stay. Throws EdgeLabError `stateUnwritable`. */
export async function createWorkspace(lab: Lab, workspace: string): Promise<void> {
  await writing(workspace, async () => {
    await mkdir(workspace, { recursive: true })
    await cp(join(lab.folder, 'files'), workspace, { recursive: true, force: false })
  })
}

/**
 * Copies a folder of the lab, `solution` or one of its states, over the workspace. Throws EdgeLabError
 * `stateUnwritable`.
 */
export async function applyOverlay(lab: Lab, overlay: string, workspace: string): Promise<void> {
  await writing(workspace, () => cp(join(lab.folder, overlay), workspace, { recursive: true }))
}

/**
 * Gives these files their content in `from`; those that are missing there are removed. Throws EdgeLabError
 * `stateUnwritable`.
 */
export async function resetFiles(from: string, files: readonly string[], workspace: string): Promise<void> {
  await writing(workspace, async () => {
    for (const file of files) {
      if (await isThere(join(from, file))) await copyFile(join(from, file), join(workspace, file))
      else await rm(join(workspace, file), { force: true })
    }
  })
}

/** Texts by their paths below the workspace. Throws EdgeLabError `stateUnwritable`. */
export async function writeFiles(files: Readonly<Record<string, string>>, workspace: string): Promise<void> {
  await writing(workspace, async () => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(workspace, path)), { recursive: true })
      await writeFile(join(workspace, path), text)
    }
  })
}

/**
 * Keeps a task's files as they were when it was begun, in a folder for each step beside the workspace; what was kept
 * before stays. Resolves with that folder: a reset goes back to it, not to the start of the lab, because a task before
 * may have changed the same files. Throws EdgeLabError `stateUnwritable`.
 */
export async function keepBefore({ id, edit }: TaskStep, workspace: string): Promise<string> {
  const folder = beforeFolder(id, workspace)
  if (!(await isThere(folder))) {
    await writing(folder, async () => {
      const draft = `${folder}.${process.pid}.tmp`
      await rm(draft, { recursive: true, force: true })
      await mkdir(draft, { recursive: true })
      for (const file of edit) {
        if (await isThere(join(workspace, file))) await copyFile(join(workspace, file), join(draft, file))
      }
      await rename(draft, folder)
    })
  }
  return folder
}

/** Where `keepBefore` keeps the files of a task; the folder is missing until the task was begun. */
export function beforeFolder(task: Name, workspace: string): string {
  return join(dirname(workspace), 'before', task)
}

/** The files of a task that matter here. Paths below the workspace. */
export function filesFor(lab: Lab, cast: Cast, { edit }: TaskStep): readonly string[] {
  return filesThatPlay(lab, cast, edit)
}

/** Of these files those that matter here: native files only of systems that have a role. */
export function filesThatPlay(lab: Lab, cast: Cast, files: readonly string[]): readonly string[] {
  const native = lab.roles.flatMap(({ name, native }) =>
    Object.entries(native).map(([system, folder]) => ({
      folder: `${folder}/`,
      plays: cast.assignments.some((assignment) => assignment.role === name && assignment.system === system),
    })),
  )
  return files.filter((file) => {
    const owners = native.filter(({ folder }) => file.startsWith(folder))
    return owners.length === 0 || owners.some(({ plays }) => plays)
  })
}

async function copyFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await cp(from, to)
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

async function writing(path: string, act: () => Promise<void>): Promise<void> {
  await act().catch((cause) => {
    throw new EdgeLabError('stateUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  })
}
