/** Slices of equal systems as they were on real machines (record-noise.ts), and runs drawn from them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Comparison, Metric } from '../../src/statistics/judge.ts'

/** Median latency and CPU per request of one slice. */
type Figures = Readonly<Record<Metric, number>>

/** By start, block and system: three that are equal. */
export type Noise = readonly (readonly (readonly Figures[])[])[]

export interface Recording {
  readonly name: string
  readonly sliceMs: number
  readonly noise: Noise
}

export function readNoise(name: string): Recording {
  const text = gunzipSync(readFileSync(join(import.meta.dirname, 'noise', `${name}.json.gz`))).toString('utf8')
  const { sliceMs, slices } = JSON.parse(text) as { sliceMs: number; slices: readonly (readonly number[])[] }
  const noise: Figures[][][] = []
  for (const [start, block, system, , p50, cpu] of slices) {
    // The first is `direct`, which no proxy equals.
    if (system === 0) continue
    noise[start!] ??= []
    noise[start!]![block!] ??= []
    noise[start!]![block!]![system! - 1] = { p50: p50!, cpu: cpu! }
  }
  return { name, sliceMs, noise }
}

/** Which recorded start is played, from which block on, and who is who in it. */
type Part = { readonly blocks: Noise[number]; readonly who: readonly number[] }

/** One start of a simulated run: a recorded start drawn at random, a stretch of it in the order in which it was. */
export function drawStart({ noise }: Recording, blocks: number, random: () => number): Part {
  const drawn: (readonly Figures[])[] = []
  const who = [0, 1, 2]
  for (const at of [2, 1]) {
    const other = Math.floor(random() * (at + 1))
    ;[who[at], who[other]] = [who[other]!, who[at]!]
  }
  const recorded = noise[Math.floor(random() * noise.length)]!
  const from = Math.floor(random() * recorded.length)
  for (let block = 0; block < blocks; block += 1) drawn.push(recorded[(from + block) % recorded.length]!)
  return { blocks: drawn, who }
}

/** A system, its duplicate and the reference; the system's figures are `difference` times as large as they were. */
export function familyFrom(parts: readonly Part[], difference: number): readonly Comparison[] {
  return (['p50', 'cpu'] as const).flatMap((metric) =>
    (['system', 'duplicate'] as const).map((label): Comparison => {
      const ratios = parts.flatMap(({ blocks, who }, start) =>
        blocks.map((figures, block) => {
          const own = figures[who[label === 'system' ? 0 : 1]!]![metric]
          const shift = label === 'system' ? Math.log(difference) : 0
          return { start, block, log: Math.log(own / figures[who[2]!]![metric]) + shift }
        }),
      )
      return { metric, label, reference: 'reference', isDuplicate: label === 'duplicate', ratios }
    }),
  )
}
