import { Command, InvalidArgumentError } from 'commander'
import { type Bound, readBound } from '../../../comparison/runs/bound.ts'
import { compareRuns } from '../../../comparison/runs/compare-runs.ts'
import { type ExitCode, exitCodes } from '../../../errors.ts'
import { loadRecord } from '../../../measurement/store/store.ts'
import { comparisonMarkdown } from '../../../views/text/runs/markdown.ts'
import { comparisonText } from '../../../views/text/runs/text.ts'
import { print, terminal } from '../../output.ts'
import { placeOf } from './place-of.ts'

interface Flags {
  readonly failOn?: readonly Bound[]
  readonly markdown?: boolean
}

export function compareCommand(finished: (code: ExitCode) => void): Command {
  return new Command('compare')
    .description('compare two runs of the same scenarios: what became slower, faster, dearer or cheaper')
    .argument('<first>', 'the earlier run: its id, folder or run.json')
    .argument('<second>', 'the run to compare with it')
    .option(
      '--fail-on <bound>',
      'exit with 1 if a figure (p50, p90, p99, cpu) changed significantly and by more: “p99 > +10%”; may be repeated',
      bounds,
    )
    .option('--markdown', 'print a summary for a pull request: 60 lines at most')
    .addHelpText(
      'after',
      '\nExamples:\n  edgelab compare 2026-11-28-0915-7f3a 2026-11-29-1010-02bc\n' +
        "  edgelab compare before after --fail-on 'p50 > +5%' --fail-on 'nginx: cpu > +10%' --markdown > change.md",
    )
    .action(async (first: string, second: string, { failOn = [], markdown }: Flags) => {
      const [before, after] = await Promise.all([first, second].map(async (run) => loadRecord(await placeOf(run))))
      const comparison = compareRuns(before!, after!, failOn)
      print(markdown ? comparisonMarkdown(comparison) : comparisonText(comparison, terminal(process.stdout)))
      const isBroken = comparison.bounds.some(({ state }) => state === 'broken')
      finished(isBroken ? exitCodes.failed : exitCodes.done)
    })
}

/** For commander: read when the command line is, so that a mistake is said before anything is opened. */
function bounds(given: string, earlier: readonly Bound[] = []): readonly Bound[] {
  const bound = readBound(given)
  if (typeof bound === 'string') throw new InvalidArgumentError(bound)
  return [...earlier, bound]
}
