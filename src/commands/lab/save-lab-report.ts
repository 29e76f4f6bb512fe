import { join } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import type { Lab, TaskStep } from '../../labs/file/lab.ts'
import { factsOf, fileFacts } from '../../labs/progress/facts.ts'
import { labHome } from '../../labs/progress/home.ts'
import type { Progress } from '../../labs/progress/progress.ts'
import { fitProgress, readProgress } from '../../labs/progress/progress-store.ts'
import type { Cast } from '../../labs/run/cast.ts'
import { castLab } from '../../labs/run/cast.ts'
import { stepPage } from '../../labs/session/pages.ts'
import { beforeFolder, filesFor } from '../../labs/session/workspace.ts'
import { replaceWhole } from '../../measurement/store/whole-file.ts'
import { version } from '../../package-root.ts'
import type { RuntimeKind } from '../../runtime/topology.ts'
import { readText, whyUnwritable } from '../../text-file.ts'
import type { EditedFile } from '../../views/html/lab/lab-report.ts'
import { renderLabHtml } from '../../views/html/lab/render.tsx'

export interface LabSoFar {
  readonly lab: Lab
  readonly cast: Cast
  readonly progress: Progress
}

/**
 * Of a lab that was begun, as whoever plays here shows it. Throws EdgeLabError `labNotBegun` and what casting throws.
 */
export async function reportOn(lab: Lab, runtime: 'auto' | RuntimeKind): Promise<string> {
  const { progress, damaged } = await readProgress(lab.id)
  if (!progress) {
    const what =
      damaged === ''
        ? `${lab.id} was not begun`
        : `the progress in ${lab.id} cannot be read (${damaged}); the lab sets it aside when it is started`
    throw new EdgeLabError('labNotBegun', { what })
  }
  const cast = await castLab(lab, runtime, () => undefined)
  return saveLabReport({ lab, cast, progress: fitProgress(lab, progress) })
}

/** Writes report.html beside the progress and returns its path. Throws EdgeLabError `stateUnwritable`. */
export async function saveLabReport({ lab, cast, progress }: LabSoFar): Promise<string> {
  const { workspace, report } = labHome(lab.id)
  const facts = factsOf(lab, progress, fileFacts(workspace))
  const tasks = lab.steps.filter((step) => step.type === 'task')
  const edits = await Promise.all(
    tasks.map(async (task, at) => {
      const later = tasks.slice(at + 1)
      const files = filesFor(lab, cast, task).map((path) => editedFile(lab, workspace, path, task, later))
      return [task.id, await Promise.all(files)] as const
    }),
  )
  const html = await renderLabHtml({
    lab,
    cast,
    progress,
    pages: lab.steps.map((step) => {
      const editable = step.type === 'task' ? filesFor(lab, cast, step) : []
      return stepPage(lab, cast, progress, step.id, {
        facts,
        files: editable.map((file) => join(workspace, file)),
        verdicts: [],
      })
    }),
    edits: Object.fromEntries(edits),
    edgelab: version,
    madeAt: new Date().toISOString(),
  })
  try {
    await replaceWhole(report, html)
    return report
  } catch (cause) {
    throw new EdgeLabError('stateUnwritable', { path: report, why: whyUnwritable(cause) }, { cause })
  }
}

/** A later task may edit the same files: their content when it began is then the result of this one. */
async function editedFile(
  lab: Lab,
  workspace: string,
  path: string,
  task: TaskStep,
  later: readonly TaskStep[],
): Promise<EditedFile> {
  const next = later.filter(({ edit }) => edit.includes(path)).map(({ id }) => beforeFolder(id, workspace))
  const [before, after] = await Promise.all([
    firstReadable([beforeFolder(task.id, workspace), join(lab.folder, 'files')], path),
    firstReadable([...next, workspace], path),
  ])
  return { path, before, after }
}

/** Empty where none of the folders has such a file. */
async function firstReadable(folders: readonly string[], path: string): Promise<string> {
  for (const folder of folders) {
    const text = await readText(join(folder, path)).catch(() => null)
    if (text !== null) return text
  }
  return ''
}
