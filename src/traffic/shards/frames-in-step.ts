/** Frames of several drivers → one sequence, as if one driver had made them. */
import { mergeFrames, total } from '../measure/merge.ts'
import type { Frame } from '../plan.ts'

/** Frames that end closer together than half of one belong together. */
const togetherMs = 125

export interface FramesInStep {
  take(driver: number, frame: Frame): void
  /** No more frames will come from this one: the others are not kept waiting for it. */
  ended(driver: number): void
}

/** A frame is passed on as soon as every driver that still sends has come as far. */
export function framesInStep(drivers: number, onFrame: (frame: Frame) => void): FramesInStep {
  const lines = Array.from({ length: drivers }, () => ({ waiting: [] as Frame[], inFlight: 0, over: false }))

  function passOn(): void {
    while (lines.some(({ waiting }) => waiting.length > 0)) {
      if (lines.some(({ waiting, over }) => waiting.length === 0 && !over)) return
      const earliest = Math.min(...lines.map(({ waiting }) => waiting[0]?.atMs ?? Number.POSITIVE_INFINITY))
      const together: Frame[] = []
      for (const line of lines) {
        const [head] = line.waiting
        if (!head || head.atMs >= earliest + togetherMs) continue
        together.push(head)
        line.waiting.shift()
        line.inFlight = head.inFlight
      }
      // One whose frame comes later still has under way what it said last.
      onFrame({ ...mergeFrames(together), inFlight: total(lines, ({ inFlight }) => inFlight) })
    }
  }

  return {
    take: (driver, frame) => {
      lines[driver]!.waiting.push(frame)
      passOn()
    },
    ended: (driver) => {
      lines[driver]!.over = true
      passOn()
    },
  }
}
