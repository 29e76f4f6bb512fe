/** The whole report as plain text: verdict first, then what it rests on. */
import type { Finding } from '../../comparison/finding.ts'
import { looksOf } from '../evidence/looks.ts'
import type { ReportModel } from '../model.ts'
import { judgementSentence, judgementTable } from '../tables/judgement-table.ts'
import { type Badge, badgeOfFinding, badgesOfRun } from '../words/badge.ts'
import { circumstances, systemsOfRun } from '../words/conditions.ts'
import { blockLines } from './blocks/blocks.ts'
import { type BlockOptions, paint, ruleLine, shown, type TextOptions, wrapped } from './style.ts'

export function renderText(model: ReportModel, options: TextOptions): string {
  const sections = reportSections(model, options).map(({ lines }) => lines.join('\n'))
  return `${[worthLines(model, options).join('\n'), ...sections].join('\n\n')}\n`
}

/** What the run is worth. */
export function worthLines({ record }: ReportModel, options: TextOptions): string[] {
  return badgesOfRun(record).flatMap((badge) => badgeLines(badge, options))
}

/** The word stands out where there are colours, and says it where there are none. */
export function badgeLines({ word, text, tone }: Badge, options: TextOptions): string[] {
  const said = paint(shown(word, options), tone === 'warning' ? 'bad' : 'strong', options)
  return wrapped(word === '' ? shown(text, options) : `${said}: ${shown(text, options)}`, options)
}

/** A part of the report that can be read alone. `lines` begin with the title. */
export interface Section {
  readonly title: string
  readonly lines: readonly string[]
}

/** The report in parts: its findings, verdict first, then what was expected, what is missing, how it was measured. */
export function reportSections(model: ReportModel, options: TextOptions): readonly Section[] {
  const looks = looksOf(model.record)
  return [
    ...model.findings.map((finding) => ({ title: finding.title, lines: findingLines(finding, { ...options, looks }) })),
    { title: 'Expectations', lines: expectationLines(model, options) },
    { title: 'Not measured', lines: absentLines(model, options) },
    { title: 'How it was measured', lines: circumstanceLines(model, options) },
  ].filter(({ lines }) => lines.length > 0)
}

export function findingLines(finding: Finding, options: BlockOptions): string[] {
  const { question, verdict, blocks, offered, tentative } = finding
  const [answer = '', ...more] = verdict
  const badge = badgeOfFinding(finding)
  return [
    ...headLines(finding.title, options),
    ...wrapped(shown(question, options), options),
    ...(offered === undefined ? [] : wrapped(shown(offered, options), options)),
    '',
    ...(badge ? badgeLines(badge, options) : []),
    ...wrapped(paint(shown(answer, options), tentative ? undefined : 'strong', options), options),
    ...more.flatMap((sentence) => wrapped(shown(sentence, options), options)),
    ...blocks.flatMap((block) => ['', ...blockLines(block, options)]),
  ]
}

function expectationLines({ judgements }: ReportModel, options: TextOptions): string[] {
  if (judgements.length === 0) return []
  const { title, ...table } = judgementTable(judgements)
  return [
    ...headLines(title, options),
    ...wrapped(judgementSentence(judgements), options),
    '',
    ...blockLines({ ...table, title: '' }, options),
  ]
}

/** The systems that were not measured, with the reason and the end of their logs; empty where all were measured. */
export function absentLines({ record }: ReportModel, options: TextOptions): string[] {
  const absent = systemsOfRun(record).flatMap(({ label, absent }) =>
    absent.map(({ scenario, subject }) => ({ label, scenario, subject })),
  )
  if (absent.length === 0) return []
  // The same reason in every scenario is said once.
  const reasons = new Map<string, typeof absent>()
  for (const each of absent) {
    const key = `${each.label}\0${each.subject.reason}`
    reasons.set(key, [...(reasons.get(key) ?? []), each])
  }
  return [
    ...headLines('Not measured', options),
    ...[...reasons.values()].flatMap((group) => {
      const [{ label, subject }] = group as [(typeof absent)[number]]
      const where = group.map(({ scenario }) => scenario).join(', ')
      const remedy = subject.remedy === '' ? '' : ` → ${subject.remedy}`
      const name = paint(shown(label, options), 'strong', options)
      return [
        ...wrapped(`${name} (${subject.state}; ${where}): ${shown(subject.reason + remedy, options)}`, options),
        ...logLines(subject.logTail, options),
      ]
    }),
  ]
}

/** The end of a log, indented. */
export function logLines(logTail: string, options: TextOptions): string[] {
  const text = shown(logTail, options).trimEnd()
  return text === '' ? [] : text.split('\n').flatMap((line) => wrapped(line, options, 4))
}

/** Everything needed to repeat the run. */
export function circumstanceLines({ record }: ReportModel, options: TextOptions): string[] {
  const lines = circumstances(record).map(([name, value]) => shown(`${name.padEnd(9)}${value}`, options))
  return [
    ...headLines('How it was measured', options),
    ...lines.flatMap((line) => {
      const [first = '', ...rest] = wrapped(line, { columns: options.columns - 9 }, 0)
      return [first, ...rest.map((each) => `${' '.repeat(9)}${each}`)]
    }),
  ]
}

function headLines(title: string, options: TextOptions): string[] {
  return [...wrapped(paint(shown(title, options), 'heading', options), options), ruleLine(options)]
}
