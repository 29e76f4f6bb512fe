import { Command } from 'commander'
import { decide } from '../../../comparison/findings/choice/decision/decide.ts'
import { decisionDocument } from '../../../comparison/findings/choice/decision/document.ts'
import { readPriorities } from '../../../comparison/findings/choice/decision/priorities.ts'
import { type ExitCode, exitCodes } from '../../../errors.ts'
import { loadRecord } from '../../../measurement/store/store.ts'
import { decisionText } from '../../../views/text/summary/decision.ts'
import { decisionMarkdown } from '../../../views/text/summary/decision-markdown.ts'
import { allRead } from '../../inputs.ts'
import { print, terminal } from '../../output.ts'
import { termsFrom } from '../bill/prices.ts'
import { textOf } from '../input-file.ts'
import { placeOf } from './place-of.ts'
import { saveDecision } from './save-decision.ts'

interface Flags {
  readonly priorities: string
  readonly prices?: string
  readonly markdown?: boolean
  readonly out?: string
}

export function decideCommand(finished: (code: ExitCode) => void): Command {
  return new Command('decide')
    .description('decide which one you need, from your priorities and what a run showed')
    .argument('[run]', 'a run’s id, folder or run.json (default: the newest)')
    .requiredOption('--priorities <file>', 'YAML: what it must do, how much traffic, who runs it')
    .option('--prices <file>', 'a YAML file of prices and assumptions that replace EdgeLab’s')
    .option('--markdown', 'print the decision record as Markdown')
    .option('--out <dir>', 'write decision.md and decision.html into this folder instead')
    .addHelpText('after', helpText)
    .action(async (run: string | undefined, flags: Flags) => {
      const [priorities, terms] = await allRead([
        textOf(flags.priorities).then((text) => readPriorities(text, flags.priorities)),
        termsFrom(flags.prices),
      ])
      const record = await loadRecord(await placeOf(run))
      const document = decisionDocument(record, decide(record, priorities, terms), terms)
      if (flags.out !== undefined) {
        for (const path of await saveDecision(flags.out, document)) print(path)
      } else print(flags.markdown ? decisionMarkdown(document) : decisionText(document, terminal(process.stdout)))
      finished(exitCodes.done)
    })
}

const helpText = `
A file of priorities:
  formatVersion: 1
  must: [routes, cache, apiKey]
  nice: [transform]
  requestsPerMonth: 50M
  operatedBy: either      # us, vendor
  ownCode: none           # scripts, programs
  addedLatency: 2ms       # the most that it may add to the median answer

Examples:
  edgelab decide --priorities ours.yaml
  edgelab decide reports/sample --priorities ours.yaml --out docs/decisions`
