/** Where the numbers come from: the record, its circumstances, what ran, what was expected, and who is missing. */
import { join } from 'node:path'
import type { ReportModel } from '../../../model.ts'
import { judgementSentence, judgementTable } from '../../../tables/judgement-table.ts'
import { absentLines, circumstanceLines } from '../../../text/report.ts'
import { paint, shown, wrapped } from '../../../text/style.ts'
import { heldEqual, versions } from '../../../words/conditions.ts'
import { blockSection, type PageOptions, type Section, sentencesSection } from './section.ts'

export function rawSections(model: ReportModel, folder: string, options: PageOptions): readonly Section[] {
  const { record, judgements } = model
  const text = (key: string, lines: readonly string[]): Section => ({ key, lines, folds: false })
  return [
    sentencesSection('record', [`Everything here is computed from ${join(folder, 'run.json')}.`], options),
    text('circumstances', circumstanceLines(model, options)),
    blockSection('versions', versions(record), options),
    text('equal', [
      ...wrapped(paint('What was held equal', 'strong', options), options),
      ...heldEqual(record).flatMap((each) => wrapped(shown(each, options), options)),
    ]),
    ...(judgements.length === 0
      ? []
      : [
          sentencesSection('expectations', [judgementSentence(judgements)], options),
          blockSection('judgements', judgementTable(judgements), options),
        ]),
    ...[absentLines(model, options)].filter((lines) => lines.length > 0).map((lines) => text('absent', lines)),
  ]
}
