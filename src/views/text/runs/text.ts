/** Two runs compared, as plain text. */
import type { RunComparison } from '../../../comparison/runs/compare-runs.ts'
import { findingLines } from '../report.ts'
import { shown, type TextOptions, wrapped } from '../style.ts'
import { headWords } from './words.ts'

export function comparisonText(comparison: RunComparison, options: TextOptions): string {
  const head = headWords(comparison).flatMap((line) => wrapped(shown(line, options), options))
  const sections = comparison.findings.map((finding) => findingLines(finding, options).join('\n'))
  return `${[head.join('\n'), ...sections].join('\n\n')}\n`
}
