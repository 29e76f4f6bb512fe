/** What became of the slow instance, origin by origin, and who pays for it. */
import { formatMs, formatShare } from '../../../../units.ts'
import { few, spelled } from '../../../blocks.ts'
import type { Row } from './row.ts'

export function said(rows: readonly Row[]): readonly string[] {
  return [...Map.groupBy(rows, ({ origin }) => origin)].flatMap(([origin, all]) => {
    const own = all.filter(({ balances, counts }) => balances && counts.some((count) => count > 0))
    const [first] = own
    if (!first) return []
    return first.slow ? slowSentences(origin, own) : [shares(origin, own)]
  })
}

function slowSentences(origin: string, own: readonly Row[]): readonly string[] {
  const { method, slow, instances } = own[0]!
  const sorted = own.toSorted((a, b) => a.slowShare - b.slowShare)
  const [least, most] = [sorted[0]!, sorted.at(-1)!]
  const tail = own.map(({ p90Ms }) => p90Ms).filter(Number.isFinite)
  const waited =
    tail.length === 0
      ? ''
      : `; one request in ten took longer than ${between(Math.min(...tail), Math.max(...tail), formatMs)}`
  const who =
    least.label === most.label || formatShare(least.slowShare) === formatShare(most.slowShare)
      ? few(own.map(({ label }) => label))
      : `${least.label} (least) to ${most.label} (most)`
  return [
    `By ${method} the slow one of the ${spelled(instances)} instances of ${origin}, ${spelled(slow!.times)} times as slow as the others, got ` +
      `${between(least.slowShare, most.slowShare, formatShare)} of the requests in ${who}${waited}.`,
  ]
}

function shares(origin: string, own: readonly Row[]): string {
  const each = own.map(({ label, counts }) => {
    const all = counts.reduce((sum, count) => sum + count, 0)
    return `${label} ${counts.map((count) => formatShare(count / all)).join(' : ')}`
  })
  return `By ${own[0]!.method} the instances of ${origin} got these shares of the requests: ${each.join('; ')}.`
}

function between(low: number, high: number, format: (value: number) => string): string {
  const [from, to] = [format(low), format(high)]
  return from === to ? from : `${from} to ${to}`
}
