import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Command } from 'commander'
import { drawFindings } from '../../../comparison/findings/index.ts'
import { judge } from '../../../comparison/judge.ts'
import { type ExitCode, exitCodes } from '../../../errors.ts'
import { loadRecord } from '../../../measurement/store/store.ts'
import { openInBrowser } from '../../../views/html/open.ts'
import { renderSummary } from '../../../views/text/summary/summary.ts'
import { print } from '../../output.ts'
import { addBillOptions, type BillFlags, withMonth } from '../bill/bill-options.ts'
import { termsFrom } from '../bill/prices.ts'
import { placeOf } from './place-of.ts'
import { saveReport } from './save-report.ts'

interface Flags extends BillFlags {
  readonly markdown?: boolean
  readonly open?: boolean
}

export function reportCommand(finished: (code: ExitCode) => void): Command {
  const command = new Command('report')
    .description('rebuild a run’s report from its record alone')
    .argument('[run]', 'a run’s id, folder or run.json (default: the newest)')
    .option('--markdown', 'print a summary for a pull request instead: 60 lines at most')
    .option('--open', 'open the report in the browser')
  return addBillOptions(command)
    .addHelpText('after', helpText)
    .action(async (run: string | undefined, flags: Flags) => {
      const { markdown, open, prices } = flags
      const terms = await termsFrom(prices)
      const path = await placeOf(run)
      const record = await loadRecord(path)
      const findings = drawFindings(withMonth(record, flags), terms)
      // What a scenario expects is meant for its own month and EdgeLab's own prices.
      const model = { record, findings, judgements: judge(record, drawFindings(record)) }
      if (markdown) return print(renderSummary(model))
      const report = await saveReport((await isFolder(path)) ? path : dirname(path), model)
      print(report)
      if (open && !(await openInBrowser(report)))
        print('No browser could be opened here; the path above is the report.')
      finished(exitCodes.done)
    })
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

const helpText = `
Examples:
  edgelab report --open
  edgelab report reports/sample --markdown > summary.md
  edgelab report --prices ours.yaml --requests-per-month 50M    what such a month costs`
