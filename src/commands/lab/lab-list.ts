import { Command } from 'commander'
import { cell, table } from '../../comparison/blocks.ts'
import { type ExitCode, exitCodes } from '../../errors.ts'
import type { Lab } from '../../labs/file/lab.ts'
import { readCourse } from '../../labs/progress/course.ts'
import type { Progress } from '../../labs/progress/progress.ts'
import { tableLines } from '../../views/text/table.ts'
import { print, terminal } from '../output.ts'

export function labListCommand(finished: (code: ExitCode) => void): Command {
  return new Command('list')
    .description('the labs in course order, and where you are in each')
    .addHelpText('after', '\nExample:\n  edgelab lab list')
    .action(async () => {
      const { labs, broken } = await readCourse()
      const rows = [
        ...labs.map(({ lab, progress, damaged }) => {
          const state = damaged === '' ? stateIn(lab, progress) : `damaged: ${damaged}`
          return [String(lab.number), lab.id, lab.question, `${lab.minutes} min`, state]
        }),
        ...broken.map(({ id, number, problem }) => [
          number === null ? '–' : String(number),
          id,
          cell(problem, 'bad'),
          '',
          'cannot be started',
        ]),
      ]
      const title = rows.length === 0 ? 'Labs: none yet' : 'Labs'
      const lines = tableLines(
        table(title, ['>', 'lab', 'question', 'takes', 'you are'], rows),
        terminal(process.stdout),
      )
      print(lines.join('\n'))
      finished(exitCodes.done)
    })
}

function stateIn({ steps }: Lab, progress: Progress | null): string {
  if (!progress) return 'not begun'
  if (steps.every(({ id }) => progress.steps[id]?.done)) return 'finished'
  const at = steps.findIndex(({ id }) => id === progress.at)
  return `at step ${Math.max(0, at) + 1} of ${steps.length}`
}
