/** What a record keeps of a round: what a view shows, or a finding reads. The rest would only make it large. */
import type { OriginCounts } from '../../../origin/spec.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { pathToSend } from '../../../traffic/http/request-bytes.ts'
import type { Sample } from '../../../traffic/plan.ts'

const bodyLength = 4096

/**
 * For reading, of the first round alone, as the others say the same: the first accepted answer of each client in measured
 * phases, and of each phase what was not accepted. Where every body was looked at, all of them: of later rounds each once
 * for a client and a status, with how many answers of all phases had it.
 */
export function keptSamples(samples: readonly Sample[], scenario: Scenario, isFirst: boolean): readonly Sample[] {
  const measured = new Set(scenario.traffic.flatMap(({ phase, measured: counts }) => (counts ? [phase] : [])))
  const seen = new Set<string>()
  const isNew = (sample: Sample): boolean => {
    if (sample.count !== undefined || sample.status >= 400) return true
    const answered = `${sample.client} ${sample.status}`
    if (!measured.has(sample.phase) || seen.has(answered)) return false
    seen.add(answered)
    return true
  }
  const phases = scenario.traffic.map(({ phase }) => phase)
  // Each of several drivers has its own first ones, and an answer may outlast its phase.
  const inOrder = samples.toSorted((a, b) => phases.indexOf(a.phase) - phases.indexOf(b.phase))
  const chosen = isFirst ? inOrder.filter(isNew) : addedUp(inOrder.filter(({ count }) => count !== undefined))
  return chosen.map((sample) => ({ ...sample, body: sample.body.slice(0, bodyLength) }))
}

function addedUp(samples: readonly Sample[]): readonly Sample[] {
  const groups = Map.groupBy(samples, ({ client, status, body }) => JSON.stringify([client, status, body]))
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    count: group.reduce((sum, { count = 1 }) => sum + count, 0),
  }))
}

/** So many can be read. */
const readablePaths = 100

/**
 * Of later rounds without the last requests, and with the paths that a line of the mix names: of those that are drawn by
 * lot a page could show none. Of the first round all, where they are few.
 */
export function keptCounts(
  counts: readonly OriginCounts[],
  { traffic }: Scenario,
  isFirst: boolean,
): readonly OriginCounts[] {
  const named = new Set(traffic.flatMap(({ mix }) => mix.map(({ path }) => pathToSend(path))))
  return counts.map((each) => ({
    ...each,
    paths:
      isFirst && Object.keys(each.paths).length <= readablePaths
        ? each.paths
        : Object.fromEntries(Object.entries(each.paths).filter(([path]) => named.has(path))),
    last: isFirst ? each.last : [],
  }))
}
