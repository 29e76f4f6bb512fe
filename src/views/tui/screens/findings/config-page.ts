/** Native configurations of one scenario, two beside each other where there is room, with the policy lines they carry out. */
import type { RunRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import type { Pins } from '../../../evidence/pinned.ts'
import { fidelityTable } from '../../../tables/fidelity-table.ts'
import { blockLines } from '../../../text/blocks/blocks.ts'
import { padded } from '../../../text/style.ts'
import { type PageOptions, type Section, sentencesSection } from './section.ts'

/** Narrower than this, configurations stand one below the other. */
const besideFrom = 98
const gap = 3

export function configSections(
  { scenarios }: RunRecord,
  scenario: string | null,
  { pinned }: Pins,
  options: PageOptions,
): readonly Section[] {
  const subjects = scenarios.find((each) => each.scenario.id === scenario)?.subjects ?? []
  const shown = subjects.filter(({ label, native }) => {
    return native.files.length > 0 && (pinned.length === 0 || pinned.includes(label))
  })
  const intro = sentencesSection(
    'intro',
    ['What the one policy became for each system, and how exactly each line of it is carried out. Keys are replaced.'],
    options,
  )
  if (options.columns < besideFrom)
    return [intro, ...shown.map((each) => section(each.label, configLines(each, options)))]
  const columns = Math.floor((options.columns - gap) / 2)
  const pairs = Array.from({ length: Math.ceil(shown.length / 2) }, (_, at) => shown.slice(at * 2, at * 2 + 2))
  return [
    intro,
    ...pairs.map((pair) => {
      const [left = [], right = []] = pair.map((each) => configLines(each, { ...options, columns }))
      return section(pair.map(({ label }) => label).join(' '), beside(left, right, columns))
    }),
  ]
}

function section(key: string, lines: readonly string[]): Section {
  return { key, lines, folds: false }
}

function configLines(subject: SystemRecord, options: PageOptions): string[] {
  const { effort, native } = subject
  const script = effort.scriptLines > 0 ? `, ${effort.scriptLines} of code` : ''
  const table = { ...fidelityTable(subject), caption: `${effort.configLines} lines of configuration${script}.` }
  return [
    ...blockLines(table, options),
    ...native.files.flatMap(({ path, language, text }) => [
      '',
      ...blockLines({ kind: 'code', title: path, language, text }, options),
    ]),
  ]
}

function beside(left: readonly string[], right: readonly string[], width: number): string[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) =>
    `${padded(left[row] ?? '', width)}${' '.repeat(gap)}${right[row] ?? ''}`.trimEnd(),
  )
}
