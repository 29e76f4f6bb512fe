/** What came of a request of the learner's own: answers side by side, and what the origin saw. Pure. */
import { cell, note, table } from '../../../comparison/blocks.ts'
import type { Block, BodiesBlock, Cell } from '../../../comparison/finding.ts'
import { type HeaderList, headerOf } from '../../../http/headers.ts'
import type { Request } from '../../../http/request.ts'
import { own } from '../../../own.ts'
import { formatNumber } from '../../../units.ts'
import type { RoleObservation } from '../../progress/observation.ts'
import { attempted } from '../../run/attempt.ts'

/** `request`: as it was understood. Of each who was asked, in that order. */
export function triedBlocks(request: string, seen: readonly RoleObservation[]): readonly Block[] {
  const absent = seen.filter(({ problem }) => problem !== '')
  const present = seen.filter(({ problem }) => problem === '')
  return [
    ...absent.map(({ label, problem }) => note(`${label} was not asked: ${problem}`, 'warning')),
    ...(present.length === 0 ? [] : [answersBlock(request, present), arrivedBlock(present)]),
  ]
}

function answersBlock(request: string, seen: readonly RoleObservation[]): BodiesBlock {
  const answers = seen.flatMap(({ label, answers }) => {
    const answer = own(answers, attempted)?.at(-1)
    if (!answer) return []
    const { status, headers, body, failure } = answer
    return [{ label, status, headers: toldHeaders(headers), body, remark: failure ? `no answer: ${failure}` : '' }]
  })
  return { kind: 'bodies', title: 'What came back', request, answers }
}

/** What every server says of the connection and the clock is the same for all, and says nothing of the request. */
const housekeeping = ['connection', 'content-length', 'date', 'keep-alive', 'server', 'transfer-encoding']
const mostHeaders = 16
const longestValue = 200

function toldHeaders(headers: HeaderList): HeaderList {
  return headers
    .filter(([name]) => !housekeeping.includes(name.toLowerCase()))
    .slice(0, mostHeaders)
    .map(([name, value]) => [name, cut(value)] as const)
}

/** Headers × those who were asked: the newest request that arrived through each. */
function arrivedBlock(seen: readonly RoleObservation[]): Block {
  const arrived = seen.map(({ origin }) => origin.last.at(-1))
  const names = [...new Set(arrived.flatMap((request) => (request?.headers ?? []).map(([name]) => name.toLowerCase())))]
  const paths = new Set(arrived.flatMap((request) => (request ? [lineOf(request)] : [])))
  const rows = [
    ['requests', ...seen.map(({ origin }) => formatNumber(origin.requests))],
    ...(paths.size > 1 ? [['asked for', ...arrived.map((request) => (request ? lineOf(request) : missing))]] : []),
    ...names.toSorted().map((name) => [name, ...arrived.map((request) => headerCell(request, name))]),
  ]
  const silent = seen.filter((_, at) => arrived[at] === undefined).map(({ label }) => label)
  const caption =
    silent.length === 0 ? '' : `Through ${silent.join(' and ')} nothing arrived: the answer was made before the origin.`
  return table('What the origin saw', ['', ...seen.map(({ label }) => `through ${label}`)], rows, caption)
}

function lineOf({ method, path }: Request): string {
  return cut(`${method} ${path}`)
}

const missing = cell('–', 'muted')

function headerCell(request: Request | undefined, name: string): Cell {
  if (!request) return missing
  const value = headerOf(request.headers, name)
  if (value === undefined) return cell('not there', 'muted')
  return cell(value === '' ? '(empty)' : cut(value))
}

function cut(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}
