/** One system of a run that is under way, in lines: figures, failed probes, what it does not claim, its log. */
import type { ProbeRecord } from '../../measurement/run-record.ts'
import { formatMs, formatNumber, formatShare } from '../../units.ts'
import { logLines } from '../text/report.ts'
import { paint, shown, type TextOptions, wrapped } from '../text/style.ts'
import { knownText } from '../words/known-words.ts'
import { proofScore } from '../words/proof-score.ts'
import type { LiveFigures, LiveRow, LiveState } from './live-row.ts'
import type { LiveSlices } from './live-slices.ts'

/** Sign and word: neither colour nor place is needed to tell them apart. */
export const stateTexts = {
  waiting: '… waiting',
  starting: '… starting',
  proving: '? proving',
  measuring: '→ measuring',
  done: '✓ done',
  failed: '✗ failed',
  unavailable: '✗ cannot run here',
} as const satisfies Record<LiveState, string>

export function detailLines(row: LiveRow, options: TextOptions): string[] {
  const { label, state, version, proof, figures, slices, reason, remedy, logTail } = row
  const text = (line: string, indent = 0): string[] => wrapped(shown(line, options), options, indent)
  const head = [stateTexts[state], ...(version === null ? [] : [version])].join(' · ')
  const failed = proof.filter((probe) => probe.state === 'failed')
  const skipped = new Set(
    proof.flatMap(({ state: each, feature, received }) => (each === 'skipped' ? [`${feature}. ${received}`] : [])),
  )
  return [
    ...wrapped(`${paint(shown(label, options), 'strong', options)}  ${shown(head, options)}`, options),
    ...(reason === '' ? [] : text(remedy === '' ? reason : `${reason} → ${remedy}`)),
    ...logLines(logTail, options),
    ...(figures === null ? [] : text(figuresText(figures))),
    ...(slices === null ? [] : slicesTexts(slices).flatMap((line) => text(line))),
    ...(proof.length === 0 ? [] : text(`proof: ${proofScore(proof).text}`)),
    ...failed.flatMap((probe) => failedLines(probe, options)),
    ...[...skipped].flatMap((each) => text(`– not claimed: ${each}`)),
  ]
}

function failedLines({ id, claim, expected, received }: ProbeRecord, options: TextOptions): string[] {
  return [
    ...wrapped(paint(shown(`✗ ${id}: ${claim}`, options), 'bad', options), options),
    ...wrapped(shown(`expected  ${expected}`, options), options, 2),
    ...wrapped(shown(`received  ${received}`, options), options, 2),
  ]
}

/** `round 2: 1 180 sent, p50 0.24 ms, p99 9.3 ms, 2xx 1 180, from cache 95 %, origin saw 51` */
function figuresText({
  round,
  sent,
  p50Ms,
  p99Ms,
  classes,
  failures,
  ownFailures,
  unexpected,
  fromCache,
  originSaw,
}: LiveFigures): string {
  const parts = [
    `${formatNumber(sent)} sent`,
    `p50 ${formatMs(p50Ms)}`,
    `p99 ${formatMs(p99Ms)}`,
    ...Object.entries(classes).map(([kind, count]) => `${kind}xx ${formatNumber(count)}`),
    ...(unexpected > 0 ? [`not expected ${formatNumber(unexpected)}`] : []),
    ...(failures > 0 ? [`without an answer ${formatNumber(failures)}`] : []),
    ...(ownFailures > 0 ? [`for ${formatNumber(ownFailures)} of them this machine ran out of sockets`] : []),
    ...(fromCache === null ? [] : [`from cache ${formatShare(fromCache)}`]),
    ...(originSaw === null ? [] : [`origin saw ${formatNumber(originSaw)}`]),
  ]
  return `round ${round + 1}: ${parts.join(', ')}`
}

/** `so far: 1 180 sent, p50 0.24 ms, CPU 44 µs`, `p50, ratio to direct: ×1.05 ±3 %, known`, … */
function slicesTexts({ sent, p50Ms, cpuUs, errors, flagged, p50, cpu }: LiveSlices): readonly string[] {
  const parts = [
    `${formatNumber(sent)} sent`,
    `p50 ${formatMs(p50Ms)}`,
    ...(Number.isNaN(cpuUs) ? [] : [`CPU ${formatNumber(cpuUs)} µs per answer`]),
    ...(errors > 0 ? [`errors ${formatNumber(errors)}`] : []),
    ...(flagged > 0 ? [`doubtful slices ${formatNumber(flagged)}`] : []),
  ]
  const known = [p50, cpu].flatMap((interval) =>
    interval === undefined
      ? []
      : [
          `${interval.metric === 'p50' ? 'p50' : 'CPU'}, ratio to ${interval.reference}: ${knownText(interval)}, ${interval.isOpen ? 'measuring on' : 'known'}`,
        ],
  )
  return [`so far: ${parts.join(', ')}`, ...known]
}
