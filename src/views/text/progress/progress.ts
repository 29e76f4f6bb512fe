/** A run as appended lines: one for each system that is called up and for each of its rounds or starts, nothing that moves a cursor. */
import stringWidth from 'string-width'
import type { ExperimentEvent, PlannedScenario } from '../../../experiment/events.ts'
import type { ProbeRecord } from '../../../measurement/run-record.ts'
import { formatMs } from '../../../units.ts'
import { waitingWords } from '../../words/known-words.ts'
import { proofScore } from '../../words/proof-score.ts'
import { logLines } from '../report.ts'
import { paint, shown, type TextOptions, wrapped } from '../style.ts'
import { remaining } from './remaining.ts'
import { roundFields } from './round-line.ts'
import { startFields } from './start-line.ts'

type EventOf<Type extends ExperimentEvent['type']> = Extract<ExperimentEvent, { type: Type }>

/**
 * Event → the lines it adds; most add none. Keeps count of probes and rounds, so that proof is one line for each system
 * and a round says how much time is left. `now`: a clock in milliseconds.
 */
export function progressLines(
  options: TextOptions,
  now: () => number = () => performance.now(),
): (event: ExperimentEvent) => string[] {
  const probes = new Map<string, ProbeRecord[]>()
  const proved = new Set<string>()
  const clock = remaining(now)
  let labelWidth = 0
  let scenarios: readonly PlannedScenario[] = []

  /** The proof of one system is complete when the run goes on to something else. */
  const proof = (scenario: string): string[] =>
    [...probes].flatMap(([label, list]) => {
      if (proved.has(`${scenario}\0${label}`)) return []
      proved.add(`${scenario}\0${label}`)
      return proofLines(scenario, label, list, options)
    })

  return (event) => {
    switch (event.type) {
      case 'run-started':
        clock.start(event)
        scenarios = event.scenarios
        labelWidth = Math.max(...event.systems.map(({ length }) => length))
        return startLines(event, options)
      case 'scenario-started':
        return [
          '',
          ...wrapped(
            `${paint(shown(event.scenario, options), 'heading', options)} ${shown(`· ${event.question}`, options)}`,
            options,
          ),
        ]
      case 'subject-unavailable':
        clock.absent(event.scenario)
        return [
          ...proof(event.scenario),
          ...fields([event.scenario, event.label, `cannot run here: ${event.reason} → ${event.remedy}`], options),
        ]
      case 'subject-starting':
        return proof(event.scenario)
      case 'subject-ready':
        return event.version ? fields([event.scenario, event.label, `ready, ${event.version}`], options) : []
      case 'subject-failed':
        clock.absent(event.scenario)
        return [
          ...proof(event.scenario),
          ...fields([event.scenario, event.label, `✗ failed: ${event.reason}`], options, 'bad'),
          ...logLines(event.logTail, options),
        ]
      case 'probe-finished': {
        probes.set(event.label, [...(probes.get(event.label) ?? []), event.probe])
        return event.probe.state === 'failed' ? failedProbe(event, options) : []
      }
      case 'round-started':
        return proof(event.scenario)
      case 'round-finished': {
        clock.finished(event.scenario)
        const { round, of, scenario, unexpected } = event
        // Once in each round is enough: the systems within it take about as long.
        const left = round.position === 0 ? clock.left() : undefined
        return fields(
          [
            `${scenario}  round ${round.index + 1} of ${of}`,
            round.label.padEnd(labelWidth),
            ...roundFields(round, unexpected),
            ...(left === undefined ? [] : [`${roughly(left)} left`]),
          ],
          options,
        )
      }
      case 'start-began':
        return proof(event.scenario)
      case 'start-finished': {
        clock.used(event.scenario, event.elapsedMs / event.budgetMs)
        labelWidth = Math.max(labelWidth, ...event.rounds.map(({ label }) => label.length))
        const precision = scenarios.find(({ id }) => id === event.scenario)?.precision ?? 0
        const where = `${event.scenario}  start ${event.start + 1} of ${event.of}`
        const left = event.stopped === undefined ? clock.left() : undefined
        const waiting = event.stopped ?? waitingWords(event.known, precision)
        const words = [waiting, left === undefined ? '' : `${roughly(left)} left`].filter((text) => text !== '')
        return [
          ...event.rounds.flatMap((round) =>
            fields([where, round.label.padEnd(labelWidth), ...startFields(round, event.known)], options),
          ),
          ...(words.length === 0 ? [] : fields([where, ...words], options)),
        ]
      }
      case 'scenario-finished': {
        clock.ended(event.scenario)
        const lines = proof(event.scenario)
        probes.clear()
        return lines
      }
      case 'run-finished':
        return event.partial ? ['', ...wrapped('Stopped; what is measured is kept in the record.', options)] : []
      case 'frame':
      case 'block-finished':
        return []
      default:
        return event satisfies never
    }
  }
}

function startLines(event: EventOf<'run-started'>, options: TextOptions): string[] {
  const scenarios = event.scenarios.length === 1 ? '1 scenario' : `${event.scenarios.length} scenarios`
  const about = `about ${roughly(event.expectedMs)}`
  const head = `run ${event.run} · ${event.runtime} · ${scenarios} · seed ${event.seed} · ${about}`
  return [
    ...wrapped(shown(head, options), options),
    ...(event.reason === '' ? [] : wrapped(shown(`${event.runtime}: ${event.reason}`, options), options)),
    ...wrapped(shown(`systems: ${event.systems.join(', ')}`, options), options),
  ]
}

function failedProbe({ scenario, label, probe }: EventOf<'probe-finished'>, options: TextOptions): string[] {
  return [
    ...fields([scenario, label, `✗ ${probe.id}: ${probe.claim}`], options, 'bad'),
    ...wrapped(shown(`expected  ${probe.expected}`, options), options, 4),
    ...wrapped(shown(`received  ${probe.received}`, options), options, 4),
  ]
}

/** `proof ✓ 7/7 (2 not claimed: part of cache, transform)` */
function proofLines(scenario: string, label: string, list: readonly ProbeRecord[], options: TextOptions): string[] {
  const { passed, claimed, skipped, text } = proofScore(list)
  const features = unclaimed(list).join(', ')
  const notClaimed = skipped === 0 ? '' : ` (${skipped} not claimed: ${features})`
  const score = claimed === 0 ? '' : ` ${text}`
  return fields([scenario, label, `proof${score}${notClaimed}`], options, passed === claimed ? undefined : 'bad')
}

/** Features that a system does not claim; `part of cache` where it claims the rest of it. */
function unclaimed(list: readonly ProbeRecord[]): readonly string[] {
  const claims = new Set(list.flatMap(({ state, feature }) => (state === 'skipped' ? [] : [feature])))
  const skipped = new Set(list.flatMap(({ state, feature }) => (state === 'skipped' ? [feature] : [])))
  return [...skipped].map((feature) => (claims.has(feature) ? `part of ${feature}` : feature))
}

/** Fields on one line, two blanks apart; where the line is too narrow it goes on, indented, between two fields. */
function fields(parts: readonly string[], options: TextOptions, tone?: 'bad'): string[] {
  const columns = options.columns - 4
  const texts = parts.map((part) => {
    const text = shown(part, options).replaceAll('\n', ' ')
    return stringWidth(text) <= columns ? text.replaceAll(' ', '\u00a0') : text
  })
  return wrapped(texts.join('  '), { columns }).map((line, at) =>
    paint(`${at === 0 ? '' : '    '}${line.trim().replaceAll('\u00a0', ' ')}`, tone, options),
  )
}

/** A rough duration for an estimate: `14 s`, `3 min`. */
export function roughly(ms: number): string {
  return ms < 90_000 ? formatMs(Math.max(1000, Math.round(ms / 1000) * 1000)) : `${Math.round(ms / 60_000)} min`
}
