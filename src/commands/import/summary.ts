/** What became of a recording: what the scenario has, what was replaced, what was left out and why. */
import { asTyped } from '../../errors/typed.ts'
import type { Imported } from '../../import/import.ts'
import { mostPerSecond } from '../../import/scenario/pace.ts'
import { formatNumber } from '../../units.ts'
import { escapeLine } from '../../views/escape-control.ts'
import { shown, type TextOptions } from '../../views/text/style.ts'

const longestExample = 100

export function summary(imported: Imported, out: string, options: TextOptions): string {
  const { reading, routes, lines, clients, pace } = imported
  const { tally } = reading
  const missing = [...tally.notFound.values()].reduce((sum, count) => sum + count, 0)
  const text = [
    `Read ${formatNumber(tally.requests)} requests of ${reading.recording}.`,
    `Scenario  ${out}`,
    `  ${counted(routes, 'route')}, ${counted(lines, 'line')} of traffic, clients: ${clients.join(', ') || 'none'}`,
    ...paceLines(imported),
    ...replacedLines(imported),
    ...reading.notes,
    ...[...tally.leftOut].map(([why, count]) => `Left out: ${formatNumber(count)} ${why}.`),
    ...(missing > 0
      ? [`Not found: ${formatNumber(missing)} requests (404, 410) became one line; what they asked for was not kept.`]
      : []),
    ...brokenLines(imported),
    asTyped(`Run it: edgelab run ${out} --quick${pace.phases.length > 1 ? ', or without --quick for all of it' : ''}`),
  ]
  return text.map((line) => shown(line, options)).join('\n')
}

function paceLines({ pace, reading }: Imported): readonly string[] {
  const { secondsUsed, secondsThere, requestsUsed, cappedFrom, phases } = pace
  const course = `${counted(phases.length, 'phase')}, ${formatNumber(phases.reduce((sum, { forMs }) => sum + forMs, 0) / 1000)} s`
  const isPart = secondsUsed < secondsThere && requestsUsed < reading.tally.requests
  return [
    `  ${course}${isPart ? `: the busiest ${formatNumber(secondsUsed)} s of ${formatNumber(secondsThere)} s, ${formatNumber(requestsUsed)} requests` : ''}`,
    ...(cappedFrom === undefined
      ? []
      : [
          `  Up to ${formatNumber(cappedFrom)} requests a second are wanted, ${formatNumber(mostPerSecond)} are sent: more would measure the driver. --speed 0.5 keeps the course.`,
        ]),
  ]
}

function replacedLines({ replaced, reading: { tally } }: Imported): readonly string[] {
  const segments = [...replaced].sort((a, b) => b[1] - a[1]).map(([kind, count]) => `${formatNumber(count)} ${kind}`)
  return [
    `Replaced: ${[
      ...(segments.length > 0 ? [`in paths ${segments.join(', ')}`] : []),
      `${formatNumber(tally.queryValues)} values of queries`,
      `${counted(tally.userAgents, 'user agent')} by their kind`,
    ].join('; ')}.`,
    'Not read at all: addresses, user names, cookies, referers.',
  ]
}

function brokenLines({ reading: { broken } }: Imported): readonly string[] {
  return [...broken].flatMap(([why, { count, examples }]) => [
    `Not counted: ${formatNumber(count)}, ${escapeLine(why)}`,
    ...examples.map(({ place, text }) => `  ${place}: ${cut(escapeLine(text))}`),
  ])
}

function cut(text: string): string {
  return text.length > longestExample ? `${text.slice(0, longestExample)}…` : text
}

function counted(count: number, what: string): string {
  return `${formatNumber(count)} ${what}${count === 1 ? '' : 's'}`
}
