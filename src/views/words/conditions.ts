/**
 * What was equal for every system of a run, and how it was measured: sentences and figures for the head of a report.
 */
import type { TableBlock } from '../../comparison/finding.ts'
import { foreignParts } from '../../comparison/foreign-parts.ts'
import { gradeOf } from '../../comparison/grade.ts'
import { offeredBy } from '../../comparison/offered.ts'
import { ranAlready } from '../../measurement/own-configuration.ts'
import type { RunRecord, SystemRecord } from '../../measurement/run-record.ts'
import { kindInWords } from '../../systems/system.ts'
import { formatBytes } from '../../units.ts'

/** What a fair comparison rests on, one sentence each. */
export function heldEqual(record: RunRecord): readonly string[] {
  const fresh = record.scenarios.filter(({ scenario }) => scenario.fresh).map(({ scenario }) => scenario.id)
  const twice = [
    ...new Set(record.scenarios.flatMap(({ subjects }) => subjects.flatMap(({ duplicateOf }) => duplicateOf ?? []))),
  ]
  const inSlices = record.scenarios.some(({ slices }) => slices !== undefined)
  const inRounds = record.scenarios.some(({ slices, capacity }) => !slices && !capacity)
  const targets = systemsOfRun(record).flatMap(({ label, first }) => (ranAlready(first) ? [label] : []))
  return [
    'One policy configures every system; the origins behind them are the same programs with the same data and latencies.',
    `The same requests at the same intended times: schedule, paths and bodies come from seed ${record.seed}.`,
    'Open loop: requests leave on schedule, whatever the answers do; latency is measured from the scheduled moment, so time in a queue is included.',
    ...(inSlices
      ? [
          'Slices: all systems run, and take turns in an order that is drawn, each with the same requests; over several fresh starts.',
        ]
      : []),
    ...(inRounds ? ['Systems take turns within each round, and every round begins with another one.'] : []),
    ...(fresh.length > 0 ? [`Caches and buckets are empty at the start of each round in ${fresh.join(', ')}.`] : []),
    ...targets.map(
      (label) => `${label} ran already, configured by its owner; its caches and buckets begin as they are.`,
    ),
    ...(twice.length > 0
      ? [`${twice.join(' and ')} took part twice: what a system differs from itself is noise.`]
      : []),
    `Cores: ${record.pinning.note}.`.replace(/\.\.$/, '.'),
  ]
}

/** What the run is worth, as sentences: the first lines of every view. */
export function worth(record: RunRecord): readonly string[] {
  const { sentence, doubt } = gradeOf(record)
  return [sentence, doubt, foreignParts(record)].filter((each) => typeof each === 'string')
}

/** Name and value of everything needed to repeat the run or to judge whether to trust it. */
export function circumstances(record: RunRecord): readonly (readonly [name: string, value: string])[] {
  const { host } = record
  return [
    ['Run', `${record.id}${record.partial ? ' (partial: stopped before every planned round was measured)' : ''}`],
    ['Command', record.command],
    ['EdgeLab', record.edgelab],
    ['Time', `${record.startedAt} to ${record.finishedAt}`],
    ['Seed', String(record.seed)],
    ['Runtime', record.runtimeReason === '' ? record.runtime : `${record.runtime}: ${record.runtimeReason}`],
    ['Host', `${host.os}; ${host.cpu}, ${host.cores} cores, ${formatBytes(host.memoryBytes)} of memory`],
    ['Node', host.node],
    ['Engine', host.engine ?? 'none'],
    ['Cores', record.pinning.note],
    ...record.scenarios
      .filter(({ rounds }) => rounds.length > 0)
      .map((each) => ['Traffic', `${each.scenario.id}: ${offeredBy(each).replace('Offered: ', '')}`] as const),
  ]
}

/** One subject of a run over all scenarios: what it was, how it ran, and in which scenarios it was not measured. */
export interface SystemOfRun {
  readonly label: string
  readonly first: SystemRecord
  readonly absent: readonly { readonly scenario: string; readonly subject: SystemRecord }[]
}

/** In the order of the record. */
export function systemsOfRun(record: RunRecord): readonly SystemOfRun[] {
  const found = new Map<string, { first: SystemRecord; absent: { scenario: string; subject: SystemRecord }[] }>()
  for (const { scenario, subjects } of record.scenarios) {
    for (const subject of subjects) {
      const known = found.get(subject.label) ?? { first: subject, absent: [] }
      // A version is known only where the system started.
      if (known.first.version === null && subject.version !== null) known.first = subject
      if (subject.state !== 'measured' || subject.ended) known.absent.push({ scenario: scenario.id, subject })
      found.set(subject.label, known)
    }
  }
  return [...found].map(([label, { first, absent }]) => ({ label, first, absent }))
}

/** What ran, as a table: the same one in every view. */
export function versions(record: RunRecord): TableBlock {
  return {
    kind: 'table',
    title: 'What ran',
    columns: [
      { title: 'system', align: 'left' },
      { title: 'kind', align: 'left' },
      { title: 'version', align: 'left' },
      { title: 'ran as', align: 'left' },
      { title: 'digest', align: 'left' },
    ],
    rows: systemsOfRun(record).map(({ label, first }) => [
      { text: label },
      { text: kindInWords(first.kind) },
      { text: first.version ?? '–' },
      { text: first.ranAs === '' ? '–' : first.ranAs },
      { text: first.imageDigest ?? (first.binarySha256 ? `sha256:${first.binarySha256}` : '–') },
    ]),
    caption: '',
  }
}
