/** In what order a system asks its questions, seen from outside: by its answers and by what the origin saw. */
import type { ScenarioRecord, SystemRecord } from '../../../../measurement/run-record.ts'
import { cell, note, nouns, type Said, sentences, table } from '../../../blocks.ts'
import type { Cell } from '../../../finding.ts'
import { absence, claims, measuredSystems } from '../../../rounds.ts'
import type { Drawn, ScenarioFinding } from '../../module.ts'
import { type Question, type Seen, type Station, stations } from './question.ts'
import { keyOrCache } from './questions/key-or-cache.ts'
import { keyOrLimit } from './questions/key-or-limit.ts'
import { limitOrCache } from './questions/limit-or-cache.ts'
import { transformOrCache } from './questions/transform-or-cache.ts'

const questions: readonly Question[] = [keyOrLimit, keyOrCache, limitOrCache, transformOrCache]

export const order: ScenarioFinding<'order'> = {
  id: 'order',
  of: 'scenario',
  title: 'Order',
  question: 'In what order does each system ask for key, limit, cache and transform?',
  feature: null,
  metrics: questions.flatMap(({ metrics }) => metrics),
  applies: (scenario) => questions.some(({ isAsked }) => isAsked(scenario)),
  draw,
}

interface Row {
  readonly subject: SystemRecord
  /** One for each question that is asked; undefined where the system lacks what it is about. */
  readonly seen: readonly (Seen | undefined)[]
}

function draw(record: ScenarioRecord): Drawn {
  const asked = questions.filter(({ isAsked }) => isAsked(record.scenario))
  const rows = measuredSystems(record)
    .filter(({ kind }) => kind !== 'baseline')
    .map(
      (subject): Row => ({
        subject,
        seen: asked.map((question) =>
          question.features.every((feature) => claims(subject, feature)) ? question.seen(record, subject) : undefined,
        ),
      }),
    )
  const columns = asked.map(({ title }) => title)
  return {
    verdict: verdictOf(rows),
    blocks: [
      table(
        'Who has a request first',
        ['system', 'in order', ...columns],
        rows.map(({ subject, seen }) => [
          subject.label,
          orderOf(seen)?.join(' → ') ?? cell('–', 'muted'),
          ...seen.map((each, at) => (each ? cell(each.answer, each.tone) : lacking(subject, asked[at]!))),
        ]),
        'On the way to the origin. A cache before the transform keeps finished answers; one behind it keeps what the origin sent.',
      ),
      table(
        'How it was seen',
        ['system', ...columns],
        rows.map(({ subject, seen }) => [
          subject.label,
          ...seen.map((each, at) => (each ? each.how : lacking(subject, asked[at]!))),
        ]),
        'Counts are of the measured phases of all rounds. What the origin was asked for is its own count.',
      ),
      note(
        'Whoever answers first decides what the others get to see: a cache before the key gives strangers what it has, a limit before the key lets them use up what belongs to others, and a limit before the cache charges for what costs the origin nothing.',
      ),
      ...record.subjects.flatMap((subject) => absence(record, subject) ?? []).map((text) => note(text, 'warning')),
    ],
    metrics: Object.fromEntries(
      rows
        .filter(({ seen }) => seen.some(Boolean))
        .map(({ subject, seen }) => [subject.label, Object.assign({}, ...seen.map((each) => each?.figures ?? {}))]),
    ),
  }
}

/** First the whole order of each, those that agree together; then question by question. */
function verdictOf(rows: readonly Row[]): readonly string[] {
  const whole = rows.flatMap(({ subject: { label }, seen }): Said[] => {
    const stationsSeen = orderOf(seen)
    return stationsSeen ? [{ label, says: `asked in this order: ${stationsSeen.join(', ')}.` }] : []
  })
  const single = rows.flatMap(({ subject: { label }, seen }) =>
    seen.map((each): Said | undefined => each && { label, says: each.says }),
  )
  const said = sentences([...whole, ...single.filter((each) => each !== undefined)])
  return said.length > 0 ? said : ['No system that was measured has two of key, limit, cache and transform.']
}

/** The stations of which something was seen, each before those that have a request later; undefined where none was. */
function orderOf(seen: readonly (Seen | undefined)[]): readonly Station[] | undefined {
  const pairs = seen.flatMap((each) => (each?.order ? [each.order] : []))
  const known = stations.filter((station) => pairs.some((pair) => pair.includes(station)))
  if (known.length === 0) return undefined
  const behind = (station: Station): ReadonlySet<Station> => {
    const found = new Set<Station>()
    const add = (of: Station): void => {
      for (const [first, then] of pairs)
        if (first === of && !found.has(then)) {
          found.add(then)
          add(then)
        }
    }
    add(station)
    return found
  }
  return known.toSorted((a, b) => behind(b).size - behind(a).size || stations.indexOf(a) - stations.indexOf(b))
}

function lacking(subject: SystemRecord, { features }: Question): Cell {
  return cell(`no ${nouns(features.filter((feature) => !claims(subject, feature)))}`, 'muted')
}
