/** Each system's probes: what was claimed, expected and received, and the answers that it is judged by. */
import type { ProbeRecord, RunRecord } from '../../../measurement/run-record.ts'
import { probeAnswers } from '../../evidence/probe-blocks.ts'
import { blockLines } from '../../text/blocks/blocks.ts'
import type { Section } from '../../text/report.ts'
import { shown, type TextOptions, wrapped } from '../../text/style.ts'
import { proofScore } from '../../words/proof-score.ts'
import { withCommand } from '../in-words.ts'

/** One for each system of each scenario, in the order of the record. */
export function probesOf(record: RunRecord, options: TextOptions): readonly Section[] {
  return record.scenarios.flatMap(({ scenario, subjects }) =>
    subjects
      .filter(({ kind, proof }) => kind !== 'baseline' && proof.length > 0)
      .map(({ label, proof }) => {
        const title = `${scenario.title}, ${label}: ${proofScore(proof).text}`
        const probes = proof.flatMap((probe) => ['', ...probeLines(label, probe, options)])
        return { title, lines: [...wrapped(shown(title, options), options), ...probes] }
      }),
  )
}

function probeLines(label: string, probe: ProbeRecord, options: TextOptions): readonly string[] {
  const { claim, state, expected, received, evidence } = probe
  if (evidence.length > 0) {
    return withCommand(probeAnswers(label, probe)).flatMap((block) => blockLines(block, options))
  }
  const said =
    state === 'skipped'
      ? [`not claimed: ${claim}`, received]
      : [`${state}: ${claim}`, `expected: ${expected}`, `received: ${received}`]
  return said.flatMap((line) => wrapped(shown(line, options), options))
}
