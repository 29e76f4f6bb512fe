/** What the probes of several features do alike. */
import type { Exchange } from '../../http/answer.ts'
import { longestPrefix } from '../paths/prefix.ts'
import type { Dress, ProbeTools, ProbeVerdict } from './probe.ts'

/** The line that applies to a path with or without a query. */
export function lineAt<Line extends { readonly path: string }>(lines: readonly Line[], path: string): Line | undefined {
  return longestPrefix(lines, path.replace(/\?.*/s, ''))
}

/** Runs while the origins answer these paths so; afterwards they answer as their routes say. */
export async function whileDressed<Result>(
  tools: ProbeTools,
  dressed: Readonly<Record<string, Dress>>,
  run: () => Promise<Result>,
): Promise<Result> {
  await tools.dressOrigin(dressed)
  return run().finally(() => tools.dressOrigin({}))
}

export function verdict(
  passed: boolean,
  expected: string,
  received: string,
  evidence: readonly Exchange[],
): ProbeVerdict {
  return { passed, expected, received, evidence: evidence.slice(0, 4) }
}

/** `200, 200, 429` → `2 × 200, 1 × 429`, in order of first appearance; `no answer` for 0. */
export function tally(values: readonly (string | number)[]): string {
  const counts = new Map<string, number>()
  for (const value of values) {
    const name = value === 0 ? 'no answer' : String(value)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => `${count} × ${name}`).join(', ') || 'nothing'
}
