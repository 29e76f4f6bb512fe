/** What several systems answered alike, shown once. */
import { list } from '../../comparison/blocks.ts'
import type { BodiesBlock } from '../../comparison/finding.ts'

/** Answers that are the same in all that is shown stand under the names of all who sent them, where the first stood. */
export function answersTogether({ answers }: BodiesBlock): BodiesBlock['answers'] {
  const alike = Map.groupBy(answers, ({ label: _, ...shown }) => JSON.stringify(shown))
  return [...alike.values()].map((group) => ({ ...group[0]!, label: list(group.map(({ label }) => label)) }))
}
