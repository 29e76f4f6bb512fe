/** What two runs did not have in common besides: machines, versions, scenarios and systems of one only. */
import type { RunRecord } from '../../measurement/run-record.ts'
import { formatBytes } from '../../units.ts'
import { list } from '../blocks.ts'
import { measuredSystems } from '../rounds.ts'
import { commonScenarios } from './settings.ts'

/** Sentences; empty where the machines are alike and nothing is missing. */
export function warningsOf(before: RunRecord, after: RunRecord): readonly string[] {
  const machine = ({ host, pinning }: RunRecord): Readonly<Record<string, string>> => ({
    'operating system': host.os,
    processor: host.cpu,
    cores: String(host.cores),
    memory: formatBytes(host.memoryBytes),
    Node: host.node,
    'container engine': host.engine ?? 'none',
    'use of cores': pinning.note,
  })
  const [one, other] = [machine(before), machine(after)]
  const differs = Object.keys(one).filter((key) => one[key] !== other[key])
  const others = differs.map((key) => `${key} ${one[key]}, then ${other[key]}`)
  const partial = [before, after].filter((run) => run.partial).map(({ id }) => id)
  const quick = [before, after].filter((run) => run.quick).map(({ id }) => id)
  return [
    ...(others.length > 0
      ? [`The machines differ (${others.join('; ')}): a change may be theirs. Ratios to direct suffer less from it.`]
      : []),
    ...(before.edgelab === after.edgelab
      ? []
      : [`EdgeLab ${before.edgelab} made the first, ${after.edgelab} the second: the driver itself may have changed.`]),
    ...(partial.length > 0 ? [`Stopped before everything was measured: ${list(partial)}.`] : []),
    ...(quick.length > 0 ? [`A look, not evidence: ${list(quick)}.`] : []),
    ...missing('scenario', before, after, (run) => run.scenarios.map(({ scenario }) => scenario.id)),
    ...commonScenarios(before, after).flatMap(([first, second]) =>
      missing(`system of ${first.scenario.id}`, first, second, (each) =>
        measuredSystems(each).map(({ label }) => label),
      ),
    ),
  ]
}

function missing<Run>(
  what: string,
  before: Run,
  after: Run,
  names: (run: Run) => readonly string[],
): readonly string[] {
  const [one, other] = [names(before), names(after)]
  const only = (some: readonly string[], rest: readonly string[]): readonly string[] =>
    some.filter((name) => !rest.includes(name))
  const said = (all: readonly string[], which: string): readonly string[] =>
    all.length === 0 ? [] : [`Only the ${which} run has the ${what} ${list(all)}.`]
  return [...said(only(one, other), 'first'), ...said(only(other, one), 'second')]
}

/** Versions of one system in both runs, where they differ: usually what the comparison is about. */
export function versionChanges(before: RunRecord, after: RunRecord): readonly string[] {
  const versions = (run: RunRecord): ReadonlyMap<string, string> =>
    new Map(run.scenarios.flatMap(({ subjects }) => subjects.map(({ label, version }) => [label, version ?? ''])))
  const [one, other] = [versions(before), versions(after)]
  return [...one].flatMap(([label, version]) => {
    const now = other.get(label)
    return now === undefined || now === version || version === '' || now === ''
      ? []
      : [`${label}: ${version}, then ${now}`]
  })
}
