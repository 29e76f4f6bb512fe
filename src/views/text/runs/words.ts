import type { RunComparison } from '../../../comparison/runs/compare-runs.ts'

/** Which runs, and what may explain a change besides the systems. */
export function headWords({ before, after, versions, warnings }: RunComparison): readonly string[] {
  return [
    `First: ${before.id}, ${before.startedAt.slice(0, 16).replace('T', ' ')} UTC. Second: ${after.id}, ${after.startedAt.slice(0, 16).replace('T', ' ')} UTC.`,
    ...(versions.length > 0 ? [`Other versions: ${versions.join('; ')}.`] : []),
    ...warnings.map((warning) => `Caution: ${warning}`),
  ]
}
