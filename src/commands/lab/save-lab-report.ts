import { join } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import type { Lab } from '../../labs/file/lab.ts'
import { castFacts, factsOf, fileFacts, firstOf } from '../../labs/progress/facts.ts'
import { labHome } from '../../labs/progress/home.ts'
import type { Progress } from '../../labs/progress/progress.ts'
import { fitProgress, readProgress } from '../../labs/progress/progress-store.ts'
import type { Cast } from '../../labs/run/cast.ts'
import { castLab } from '../../labs/run/cast.ts'
import { editedFiles } from '../../labs/session/ending/edits.ts'
import { labEnding } from '../../labs/session/ending/ending.ts'
import { stepPage } from '../../labs/session/pages.ts'
import { filesFor } from '../../labs/session/workspace.ts'
import { replaceWhole } from '../../measurement/store/whole-file.ts'
import { version } from '../../package-root.ts'
import type { RuntimeKind } from '../../runtime/topology.ts'
import { whyUnwritable } from '../../text-file.ts'
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
  const facts = factsOf(lab, progress, firstOf(castFacts(cast.assignments), fileFacts(workspace)))
  const { tasks } = await labEnding(lab, cast, workspace)
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
    edits: await editedFiles(lab, cast, workspace),
    solutions: Object.fromEntries(
      tasks.flatMap(({ step, solutions }) => (progress.steps[step]?.done ? [[step, solutions]] : [])),
    ),
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
