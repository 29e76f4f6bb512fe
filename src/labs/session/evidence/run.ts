/** What a run showed, as blocks: who saw what, side by side. Pure. */

import { cell, list, note, table } from '../../../comparison/blocks.ts'
import type { Block, BodiesBlock, Cell, Finding } from '../../../comparison/finding.ts'
import type { Answer } from '../../../http/answer.ts'
import { type HeaderList, headerOf } from '../../../http/headers.ts'
import { own } from '../../../own.ts'
import type { Name } from '../../../policy/policy.ts'
import { formatNumber } from '../../../units.ts'
import { lineWords, valueWords } from '../../checks/words.ts'
import type { RunStep, Show } from '../../file/lab.ts'
import type { RequestLine } from '../../file/request-line.ts'
import { literally } from '../../progress/fill.ts'
import type { Observation, RoleObservation } from '../../progress/observation.ts'
import type { WholeFinding } from '../page.ts'

/** In the order of the step; roles that did not start are named with the reason, first. */
export function evidenceBlocks(step: RunStep, observation: Observation): readonly Block[] {
  const roles = step.through.flatMap((role) => own(observation.roles, role) ?? [])
  const absent = roles.filter(({ problem }) => problem !== '')
  const present = roles.filter(({ problem }) => problem === '')
  return [
    ...absent.map(({ label, problem }) => note(`${label} did not take part: ${problem}`, 'warning')),
    ...(present.length === 0 ? [] : step.show.flatMap((show) => showBlocks(show, step, observation, present))),
  ]
}

/** Verdicts of the findings that the step shows, as Markdown: sentences that were measured. */
export function verdictsOf(step: RunStep, observation: Observation): readonly string[] {
  return step.show.flatMap((show) => {
    if (show.kind !== 'finding') return []
    const finding = findingOf(show.finding, observation)
    return (finding?.brief ?? finding)?.verdict.map(literally) ?? []
  })
}

/** The findings of which the step shows less than all. */
export function wholeFindings(step: RunStep, observation: Observation): readonly WholeFinding[] {
  return step.show.flatMap((show) => {
    if (show.kind !== 'finding') return []
    const finding = findingOf(show.finding, observation)
    if (!finding || (!finding.brief && finding.blocks.length <= show.blocks)) return []
    const { title, verdict, blocks } = finding
    return [{ title, verdict: verdict.map(literally), blocks }]
  })
}

function findingOf(wanted: string, { findings }: Observation): Finding | undefined {
  return findings.find(({ id }) => id === wanted)
}

/** Where a finding has a short form, a lesson shows that. */
function shownOf({ brief, blocks }: Finding, count: number): readonly Block[] {
  return brief ? brief.blocks : blocks.slice(0, count)
}

function showBlocks(
  show: Show,
  step: RunStep,
  observation: Observation,
  roles: readonly RoleObservation[],
): readonly Block[] {
  switch (show.kind) {
    case 'arrived':
      return [arrivedBlock(show.of, show.headers, step, roles)]
    case 'answers':
      return [answersBlock(show.of, show.headers, step, roles)]
    case 'counts':
      return [countsBlock(roles)]
    case 'finding': {
      const finding = findingOf(show.finding, observation)
      return finding ? shownOf(finding, show.blocks) : [note(`The run gave no “${show.finding}”.`, 'warning')]
    }
    default:
      return show satisfies never
  }
}

/** Headers × roles: the newest request of that line, as it arrived at the origin. */
function arrivedBlock(of: Name, headers: readonly string[], step: RunStep, roles: readonly RoleObservation[]): Block {
  const line = lineOf(step, of)
  const arrived = roles.map(({ label, origin }) => ({
    label,
    request: line
      ? origin.last.findLast(({ method, path }) => method === line.method && path === line.path)
      : origin.last.at(-1),
  }))
  const seen = arrived.flatMap(({ request }) => (request?.headers ?? []).map(([name]) => name.toLowerCase()))
  const names = headers.length > 0 ? headers : [...new Set(seen)].sort()
  const rows = names.map((name) => [
    name,
    ...arrived.map(({ request }) => (request ? headerCell(headerOf(request.headers, name)) : cell('–', 'muted'))),
  ])
  const body = line?.body === undefined ? [] : [['(body)', ...arrived.map(({ request }) => bodyCell(request?.body))]]
  const missing = arrived.filter(({ request }) => !request).map(({ label }) => label)
  return table(
    'What arrived at the origin',
    ['header', ...arrived.map(({ label }) => `through ${label}`)],
    [...rows, ...body],
    [
      line ? `The newest ${lineWords(line)}.` : 'The newest request.',
      ...(missing.length === 0 ? [] : [`Through ${list(missing)} none of them arrived.`]),
    ].join(' '),
  )
}

function headerCell(value: string | undefined): Cell {
  if (value === undefined) return cell('not there', 'muted')
  return cell(value === '' ? '(empty)' : value)
}

function bodyCell(body: string | undefined): Cell {
  return body === undefined ? cell('–', 'muted') : cell(valueWords(body))
}

/** The last answer of that line from each, side by side. */
function answersBlock(of: Name, headers: readonly string[], step: RunStep, roles: readonly RoleObservation[]): Block {
  const line = lineOf(step, of)
  const answers = roles.flatMap(({ label, answers }): BodiesBlock['answers'] => {
    const all = own(answers, of) ?? []
    const last = all.at(-1)
    return last
      ? [
          {
            label,
            status: last.status,
            headers: shownHeaders(headers, last),
            body: last.body,
            remark: all.length > 1 ? `the last of ${all.length}` : '',
          },
        ]
      : []
  })
  return { kind: 'bodies', title: 'What came back', request: line ? lineWords(line) : of, answers }
}

function shownHeaders(names: readonly string[], { headers }: Answer): HeaderList {
  return names.flatMap((name) => {
    const value = headerOf(headers, name)
    return value === undefined ? [] : [[name, value] as const]
  })
}

function countsBlock(roles: readonly RoleObservation[]): Block {
  const cached = roles.some(({ counts }) => Object.values(counts).some(({ fromCache }) => fromCache > 0))
  const rows = roles.flatMap(({ label, counts, origin }) =>
    Object.entries(counts).map(([line, { sent, byStatus, fromCache }], at) => [
      at === 0 ? label : '',
      line,
      formatNumber(sent),
      statusText(byStatus),
      ...(cached ? [formatNumber(fromCache)] : []),
      at === 0 ? formatNumber(origin.requests) : '',
      at === 0 ? formatNumber(origin.connections) : '',
    ]),
  )
  return table(
    'Requests and answers',
    ['through', 'requests', '>sent', 'answers', ...(cached ? ['>from cache'] : []), '>origin saw', '>connections'],
    rows,
    `“Origin saw” and the connections that it accepted are of all requests together.${cached ? '' : ' None was answered from a cache.'}`,
  )
}

/** `401 ×10, 429 ×30` */
function statusText(byStatus: Readonly<Record<string, number>>): string {
  const seen = Object.entries(byStatus).sort(([a], [b]) => Number(a) - Number(b))
  return seen.map(([status, times]) => `${status === '0' ? 'none' : status} ×${formatNumber(times)}`).join(', ')
}

function lineOf({ requests }: RunStep, name: Name): RequestLine | undefined {
  return requests?.find(({ as }) => as === name)
}
