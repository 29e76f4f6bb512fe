/** What there is to look back on when a lab is finished: what was to be learned, and how its tasks are solved. */
import type { Name } from '../../../policy/policy.ts'
import type { Lab, TaskStep } from '../../file/lab.ts'
import type { Cast } from '../../run/cast.ts'
import { type EditedFile, editedFiles, overlaidFiles, tasksOf } from './edits.ts'

export interface LabEnding {
  readonly objectives: readonly string[]
  readonly tasks: readonly TaskEnding[]
}

export interface TaskEnding {
  readonly step: Name
  /** What the learner changed. */
  readonly own: readonly EditedFile[]
  /** The lab's own solution first, then its alternatives; those that have nothing for who plays here are left out. */
  readonly solutions: readonly Solution[]
}

export interface Solution {
  /** Empty for the lab's own; else what the alternative is called: `rewrite-phase`. */
  readonly name: string
  readonly files: readonly EditedFile[]
  /** The learner's files say the same. */
  readonly isOwn: boolean
}

/** Reads the lab's files and the learner's; missing ones are empty. */
export async function labEnding(lab: Lab, cast: Cast, workspace: string): Promise<LabEnding> {
  const edits = await editedFiles(lab, cast, workspace)
  const tasks = tasksOf(lab).map(async (task): Promise<TaskEnding> => {
    const all = edits[task.id] ?? []
    const read = overlaysOf(task).map(async ({ name, folder }): Promise<Solution> => {
      const files = await overlaidFiles(lab, cast, workspace, task, folder)
      return { name, files, isOwn: saysTheSame(all, files) }
    })
    const solutions = (await Promise.all(read)).filter(({ files }) => files.length > 0)
    return { step: task.id, own: all.filter(({ before, after }) => before !== after), solutions }
  })
  return { objectives: lab.objectives, tasks: await Promise.all(tasks) }
}

function overlaysOf({ solution, also }: TaskStep): readonly { readonly name: string; readonly folder: string }[] {
  const others = also.map((folder) => ({ name: folder.split('/').at(-1)!, folder }))
  return [{ name: '', folder: solution }, ...others]
}

/** Every file of the task is as the solution has it; blanks at the ends of lines and of the file aside. */
function saysTheSame(all: readonly EditedFile[], solution: readonly EditedFile[]): boolean {
  return all.every(({ path, before, after }) => {
    const wanted = solution.find((file) => file.path === path)?.after ?? before
    return plainText(after) === plainText(wanted)
  })
}

function plainText(text: string): string {
  return text.replaceAll(/[ \t\r]+$/gm, '').trimEnd()
}
