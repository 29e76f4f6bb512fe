import { stat } from 'node:fs/promises'
import { Command } from 'commander'
import { EdgeLabError, type ExitCode, exitCodes } from '../../errors.ts'
import { labNamed, listLabs } from '../../labs/file/library.ts'
import { labHome } from '../../labs/progress/home.ts'
import { openInBrowser } from '../../views/html/open.ts'
import { print } from '../output.ts'
import { reportOn } from './save-lab-report.ts'

export function labReportCommand(finished: (code: ExitCode) => void): Command {
  return new Command('report')
    .description('your predictions, results, answers and changes in a lab, as one HTML file')
    .argument('[lab]', 'number or name (default: the lab you were in last)')
    .option('--open', 'open the report in the browser')
    .addHelpText('after', '\nExamples:\n  edgelab lab report\n  edgelab lab report one-hop --open')
    .action(async (name: string | undefined, { open }: { readonly open?: boolean }) => {
      const lab = await labNamed(name ?? (await newest()))
      const report = await reportOn(lab, 'auto')
      print(report)
      if (open && !(await openInBrowser(report)))
        print('No browser could be opened here; the path above is the report.')
      finished(exitCodes.done)
    })
}

/** By when its progress was written. */
async function newest(): Promise<string> {
  const labs = await Promise.all(
    (await listLabs()).map(async ({ id }) => {
      const { mtimeMs } = await stat(labHome(id).progress).catch(() => ({ mtimeMs: 0 }))
      return { id, mtimeMs }
    }),
  )
  const [first] = labs.filter(({ mtimeMs }) => mtimeMs > 0).sort((a, b) => b.mtimeMs - a.mtimeMs)
  if (!first) throw new EdgeLabError('labNotBegun', { what: 'no lab was begun' })
  return first.id
}
