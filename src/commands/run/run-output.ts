/** The two outputs of a run that need no terminal: appended lines and JSON lines. */
import { gradeOf } from '../../comparison/grade.ts'
import type { Emit } from '../../experiment/events.ts'
import type { ReportModel } from '../../views/model.ts'
import { progressLines } from '../../views/text/progress/progress.ts'
import { renderText } from '../../views/text/report.ts'
import { shown } from '../../views/text/style.ts'
import { print, terminal } from '../output.ts'
import type { MeasuredRun } from './measure.ts'

type RunResult = Pick<MeasuredRun, 'record' | 'report' | 'exitCode'>

export interface RunOutput {
  readonly event: Emit
  /** A progress message that is no event, such as pulling an image or stopping. */
  readonly note: (line: string) => void
  readonly done: (model: ReportModel, result: RunResult) => void
}

export function outputFor({ plain, json }: { readonly plain?: boolean; readonly json?: boolean }): RunOutput {
  if (json) return jsonLines
  const { columns, color, unicode } = terminal(process.stdout)
  const options = { columns, unicode, color: color && !plain }
  const lines = progressLines(options)
  return {
    event: (event) => {
      for (const line of lines(event)) print(line)
    },
    note: (line) => print(shown(line, options)),
    done: (model, { record, report }) => {
      print(`\n${renderText(model, options)}`)
      print(`Report  ${report}\nRecord  ${record}`)
    },
  }
}

const jsonLines: RunOutput = {
  // Frames and blocks are for live screens: several a second, they would drown everything else.
  event: (event) => event.type !== 'frame' && event.type !== 'block-finished' && print(JSON.stringify(event)),
  note: (line) => process.stderr.write(`${line}\n`),
  done: ({ record: run, judgements }, { record, report, exitCode }) => {
    const { kind: grade, doubt } = gradeOf(run)
    for (const judgement of judgements) print(JSON.stringify({ type: 'expectation', ...judgement }))
    print(JSON.stringify({ type: 'done', grade, doubt, record, report, exitCode }))
  },
}
