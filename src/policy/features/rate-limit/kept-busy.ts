import type { Exchange } from '../../../http/answer.ts'
import type { Request } from '../../../http/request.ts'
import { formatMs, formatNumber } from '../../../units.ts'
import type { LineProbe, ProbeTools, ProbeVerdict } from '../../probes/probe.ts'
import { verdict } from '../../probes/probing.ts'
import { type Recognised, recognise, type Step } from './algorithm.ts'
import type { RateLimit } from './line.ts'

/** Beyond this the pauses between the steps would take too long. */
const longestMs = 2000

/** As long as a busy machine keeps the algorithm from being told; whether it holds is decided by the first that fails. */
const attempts = 3

/** How many come at once, and when: milliseconds after the flood. */
export interface Asked {
  readonly afterMs: number
  readonly count: number
}

/**
 * While a bucket fills, windows are closed: a few at a time show which, as far as into the next window. What comes
 * after the pause tells windows that begin anew from those that slide. None comes just where a window may end.
 */
export function askedLater(burst: number, fillMs: number): readonly Asked[] {
  const some = Math.ceil(burst / 3)
  return [
    ...Array.from({ length: 8 }, (_, n) => ({ afterMs: ((n + 0.5) / 6) * fillMs, count: some })),
    ...[2.17, 2.4].map((fills) => ({ afterMs: fills * fillMs, count: burst })),
  ]
}

/**
 * A client that never stops asking gets the rate and no more; and when what it gets comes shows which algorithm limits
 * it. None for limits that take too long to fill.
 */
export function keptBusy(
  { ratePerSecond, burst }: RateLimit,
  flood: number,
  ask: (count: number) => readonly Request[],
  rested: (tools: ProbeTools) => Promise<void>,
): readonly LineProbe[] {
  const fillMs = (burst / ratePerSecond) * 1000
  if (fillMs > longestMs) return []
  const later = askedLater(burst, fillMs)
  const watch = async (tools: ProbeTools): Promise<ProbeVerdict> => {
    await rested(tools)
    const startMs = performance.now()
    const steps: Step[] = []
    const answers: Exchange[] = []
    let spreadMs = 0
    let slowestMs = 0
    for (const { afterMs, count } of [{ afterMs: 0, count: flood }, ...later]) {
      await tools.wait(startMs + afterMs - performance.now())
      const sentMs = performance.now()
      const here = await tools.together(ask(count))
      const passed = here.filter(({ status }) => status === 200)
      if (steps.length === 0) spreadMs = spreadOf(passed)
      slowestMs = Math.max(slowestMs, performance.now() - startMs - afterMs)
      steps.push({ atMs: (sentMs + performance.now()) / 2, asked: count, passed: passed.length })
      answers.push(...here.slice(0, 1))
    }
    const passed = steps.reduce((sum, step) => sum + step.passed, 0)
    const tookMs = steps.at(-1)!.atMs - steps[0]!.atMs
    // Windows may begin and end within it, and give their burst each time.
    const most = Math.ceil(burst * (tookMs / fillMs + 2))
    const recognised = recognise(steps, ratePerSecond, spreadMs)
    // Where steps run late for another reason than a queue, the machine is too busy to tell one from the other.
    const isTold = recognised.algorithms.includes('leaky bucket') || slowestMs < fillMs / 4
    return {
      ...verdict(
        passed >= 2 * burst && passed <= most && steps.every((step) => step.passed <= step.asked),
        `${2 * burst} to ${most} × 200`,
        `${passed} × 200 (${steps.map((step) => step.passed).join(' + ')}): ${isTold ? inWords(recognised) : 'too late to tell the algorithm'}`,
        answers,
      ),
      ...(isTold ? { shows: recognised.algorithms.join(' or ') || 'no known algorithm' } : {}),
    }
  }
  return [
    {
      id: 'holds',
      aspect: 'burst',
      claim: `kept busy for ${formatMs(later.at(-1)!.afterMs)}, it lets through what it refills; when shows its algorithm`,
      run: async (tools) => {
        for (let attempt = 1; ; attempt += 1) {
          const seen = await watch(tools)
          if (!seen.passed || seen.shows !== undefined || attempt === attempts) return seen
        }
      },
    },
  ]
}

/** Between the quickest answer and the slowest. */
function spreadOf(answers: readonly Exchange[]): number {
  const durations = answers.map(({ durationMs }) => durationMs)
  return durations.length === 0 ? 0 : Math.max(...durations) - Math.min(...durations)
}

function inWords({ algorithms, otherwise, decisions }: Recognised): string {
  if (algorithms.length === 0) return 'like no known algorithm'
  return `like a ${algorithms.join(' or a ')} (${formatNumber(otherwise)} of ${decisions} decisions otherwise)`
}
