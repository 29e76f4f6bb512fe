/** The first answer of each phase, client and status, whole, for people to look at. */
import type { Phase } from '../scenario/scenario.ts'
import type { Sample } from './plan.ts'
import { decodeHeaders, type ResponseHead } from './response-parser.ts'

const maxBytes = 256 * 1024
/** Bodies are gathered for the first answers of a class only: enough to meet each status once, and no cost after. */
const watched = 64

export interface Samples {
  wants(phaseIndex: number, client: string): boolean
  keep(phaseIndex: number, client: string, path: string, head: ResponseHead, chunks: readonly Buffer[]): void
  kept(): readonly Sample[]
}

export function openSamples(phases: readonly Phase[]): Samples {
  const kept = new Map<string, Sample>()
  const asked = new Map<string, number>()
  return {
    wants: (phaseIndex, client) => {
      const key = `${phaseIndex} ${client}`
      const count = (asked.get(key) ?? 0) + 1
      if (count <= watched) asked.set(key, count)
      return count <= watched
    },
    keep: (phaseIndex, client, path, head, chunks) => {
      const { phase } = phases[phaseIndex]!
      const key = `${phase} ${client} ${head.status}`
      if (kept.has(key)) return
      const body = Buffer.concat(chunks)
      kept.set(key, {
        phase,
        client,
        path,
        status: head.status,
        headers: decodeHeaders(head.block),
        body: body.subarray(0, maxBytes).toString('utf8'),
        truncated: body.length > maxBytes,
      })
    },
    kept: () => [...kept.values()],
  }
}
