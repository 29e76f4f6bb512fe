/** What each tab shows, as sections of lines. Pure: from the model alone. */

import { type Pins, pinnedBlock, pinnedSentences } from '../../../evidence/pinned.ts'
import type { ReportModel } from '../../../model.ts'
import { judgementSentence } from '../../../tables/judgement-table.ts'
import { badgeLines, worthLines } from '../../../text/report.ts'
import { shown, wrapped } from '../../../text/style.ts'
import { badgeOfFinding } from '../../../words/badge.ts'
import { systemsOfRun } from '../../../words/conditions.ts'
import { configSections } from './config-page.ts'
import { probeSections } from './proof-page.ts'
import { rawSections } from './raw-page.ts'
import { blockSection, type PageOptions, type Section, sentencesSection } from './section.ts'
import { findingOf, type TabId } from './tabs.ts'

export interface PageChoice {
  readonly tab: TabId
  /** null: the tab is about the whole run. */
  readonly scenario: string | null
  readonly pins: Pins
  /** Where the run lies. */
  readonly folder: string
}

export function pageSections(model: ReportModel, choice: PageChoice, options: PageOptions): readonly Section[] {
  const { tab, scenario, pins, folder } = choice
  switch (tab) {
    case 'config':
      return configSections(model.record, scenario, pins, options)
    case 'raw':
      return rawSections(model, folder, options)
    case 'proof':
      return [...findingSections(model, choice, options), ...probeSections(model.record, scenario, pins, options)]
    case 'verdict':
      return [
        { key: 'worth', lines: worthLines(model, options), folds: false },
        ...findingSections(model, choice, options),
        ...whatElse(model, options),
      ]
    default:
      return findingSections(model, choice, options)
  }
}

function findingSections(
  model: ReportModel,
  { tab, scenario, pins }: PageChoice,
  options: PageOptions,
): readonly Section[] {
  const finding = findingOf(model, tab, scenario)
  if (!finding) return []
  const badge = badgeOfFinding(finding)
  return [
    ...(badge ? [{ key: 'doubtful', lines: badgeLines(badge, options), folds: false }] : []),
    sentencesSection(
      'verdict',
      pinnedSentences(finding.verdict, pins),
      options,
      finding.tentative ? undefined : 'strong',
    ),
    {
      key: 'question',
      lines: [finding.question, finding.offered ?? '']
        .filter((each) => each !== '')
        .flatMap((each) => wrapped(shown(each, options), options)),
      folds: false,
    },
    ...finding.blocks.map((block, at) => blockSection(`block ${at}`, pinnedBlock(block, pins), options)),
  ]
}

/** Under the verdict: what was expected, and who is missing. */
function whatElse({ record, judgements }: ReportModel, options: PageOptions): readonly Section[] {
  const absent = systemsOfRun(record).filter((each) => each.absent.length > 0)
  const sentences = [
    ...(record.partial ? ['Caution: the run was stopped before every planned round was measured.'] : []),
    ...(judgements.length > 0 ? [`${judgementSentence(judgements)} Which ones: under Raw.`] : []),
    ...(absent.length > 0
      ? [`Not measured everywhere: ${absent.map(({ label }) => label).join(', ')}. Why: under Raw.`]
      : []),
  ]
  if (sentences.length === 0) return []
  return [{ key: 'else', lines: sentences.flatMap((each) => wrapped(shown(each, options), options)), folds: false }]
}
