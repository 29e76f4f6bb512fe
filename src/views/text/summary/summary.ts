/** A run for a pull request, in Markdown: whatever the run, few enough lines to be read there. The report has the rest. */
import type { Finding, Judgement } from '../../../comparison/finding.ts'
import { kindInWords } from '../../../systems/system.ts'
import type { ReportModel } from '../../model.ts'
import { judgementSentence, judgementTable } from '../../tables/judgement-table.ts'
import { heldEqual, systemsOfRun, worth } from '../../words/conditions.ts'
import { escapeMarkdown, fenced, tableMarkdown } from '../markdown.ts'
import { fitted, type Part } from './fit.ts'
import { intervalsByScenario } from './intervals-together.ts'

export const summaryLines = 60
/** Of the verdict, beside its first sentence. */
const mostSentences = 4
const mostExpectations = 6
const mostFindings = 10

export function renderSummary(model: ReportModel): string {
  const [verdict, ...rest] = model.findings
  const parts: readonly Part[] = [
    { name: '', rank: 0, lines: headLines(model, verdict) },
    ...intervalParts(model.findings),
    { name: 'the expectations', rank: 2, lines: expectationLines(model.judgements) },
    { name: 'other findings', rank: 3, lines: findingLines(rest) },
    { name: '', rank: 0, lines: equalLines(model) },
    { name: '', rank: 0, lines: repeatLines(model) },
  ]
  const lines = fitted(parts, summaryLines, (names) =>
    escapeMarkdown(`Left out here, and in the report: ${names.join(', ')}.`),
  )
  return `${lines.join('\n')}\n`
}

/** The question, what the run is worth, and the answer. */
function headLines({ record }: ReportModel, verdict: Finding | undefined): readonly string[] {
  const cautions = [
    ...worth(record),
    ...(record.partial ? ['The run was stopped before all that was planned was measured.'] : []),
  ]
  const [answer = '', ...more] = verdict?.verdict ?? []
  const said = escapeMarkdown(answer)
  const left = more.length - mostSentences
  return [
    `### ${escapeMarkdown(verdict?.question ?? `EdgeLab, run ${record.id}`)}`,
    '',
    ...cautions.flatMap((sentence, at) => [...(at === 0 ? [] : ['>']), `> ${escapeMarkdown(sentence)}`]),
    ...(answer === '' ? [] : ['', verdict?.tentative ? said : `**${said}**`]),
    ...(more.length === 0 ? [] : ['']),
    ...more.slice(0, mostSentences).map((sentence) => `- ${escapeMarkdown(sentence)}`),
    ...(left > 0 ? [`- ${left} more in the report.`] : []),
  ]
}

/** The table of the first scenario is kept before anything else that is not said once for the whole run. */
function intervalParts(findings: readonly Finding[]): readonly Part[] {
  return [...intervalsByScenario(findings)].map(([scenario, table], at) => ({
    name: `the intervals of ${scenario}`,
    rank: at === 0 ? 1 : 4,
    lines: [
      `**${escapeMarkdown(scenario)}**: ratios with their intervals`,
      '',
      ...tableMarkdown(table).join('\n').split('\n'),
    ],
  }))
}

/** How many were met; those that were not. */
function expectationLines(judgements: readonly Judgement[]): readonly string[] {
  if (judgements.length === 0) return []
  const open = judgements.filter(({ state, measured }) => state === 'broken' || (state === 'unjudged' && measured))
  const more = open.length - mostExpectations
  return [
    escapeMarkdown(judgementSentence(judgements)),
    ...(open.length === 0
      ? []
      : [
          '',
          ...tableMarkdown(judgementTable(open.slice(0, mostExpectations)))
            .join('\n')
            .split('\n'),
        ]),
    ...(more > 0 ? ['', `${more} more in the report.`] : []),
  ]
}

/** One line for each; of several scenarios one for each of them first, before a second one of any. */
function findingLines(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string | null, number>()
  const ranked = findings
    .filter(({ verdict }) => verdict.length > 0)
    .map((finding) => {
      const before = seen.get(finding.scenario) ?? 0
      seen.set(finding.scenario, before + 1)
      return { finding, before }
    })
  const shown = new Set(
    ranked
      .toSorted((a, b) => a.before - b.before)
      .slice(0, mostFindings)
      .map(({ finding }) => finding),
  )
  const more = ranked.length - shown.size
  return [
    ...findings
      .filter((finding) => shown.has(finding))
      .map(({ title, scenario, verdict: [answer = ''] }) => {
        const where = scenario === null ? '' : ` (${escapeMarkdown(scenario)})`
        return `- **${escapeMarkdown(title)}**${where}: ${escapeMarkdown(answer)}`
      }),
    ...(more > 0 ? [`- ${more} more in the report.`] : []),
  ]
}

/** One line, however many sentences. */
function equalLines({ record }: ReportModel): readonly string[] {
  return [`Held equal: ${escapeMarkdown(heldEqual(record).join(' '))}`]
}

function repeatLines({ record }: ReportModel): readonly string[] {
  const { host } = record
  const ran = systemsOfRun(record).map(({ label, first }) => {
    const version = first.version === null ? '' : `, ${first.version}`
    return `${label} (${kindInWords(first.kind)}${version})`
  })
  return [
    ...fenced(record.command, 'sh').split('\n'),
    '',
    escapeMarkdown(`What ran: ${ran.join(', ')}.`),
    '',
    escapeMarkdown(
      `Run ${record.id}, EdgeLab ${record.edgelab}, ${record.runtime}, ${host.cpu} with ${host.cores} cores, ${host.os}.`,
    ),
  ]
}
