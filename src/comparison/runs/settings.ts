/** Whether two runs can be compared at all: what they were asked to do, and where. */
import type { RunRecord, ScenarioRecord } from '../../measurement/run-record.ts'

/** One key of the settings that differs, as both runs have it. */
export interface Setting {
  /** `overhead: traffic.1.fromPerSecond` */
  readonly key: string
  readonly before: string
  readonly after: string
}

/** Words, and what is judged afterwards, change nothing that is measured. */
const beside: ReadonlySet<string> = new Set(['id', 'title', 'question', 'expect', 'rounds'])

/** Every setting that differs in what both runs measured; empty where their figures can be compared. */
export function differingSettings(before: RunRecord, after: RunRecord): readonly Setting[] {
  return [
    ...differences('runtime', before.runtime, after.runtime),
    ...commonScenarios(before, after).flatMap(([one, other]) =>
      differences(`${one.scenario.id}:`, settingsOf(one), settingsOf(other)),
    ),
  ]
}

/** The scenarios that both runs measured, in the order of the second. */
export function commonScenarios(
  before: RunRecord,
  after: RunRecord,
): readonly (readonly [before: ScenarioRecord, after: ScenarioRecord])[] {
  return after.scenarios.flatMap((other) => {
    const one = before.scenarios.find(({ scenario }) => scenario.id === other.scenario.id)
    return one ? [[one, other] as const] : []
  })
}

function settingsOf({ scenario }: ScenarioRecord): unknown {
  return Object.fromEntries(Object.entries(scenario).filter(([key]) => !beside.has(key)))
}

function differences(path: string, before: unknown, after: unknown): readonly Setting[] {
  if (!isNode(before) || !isNode(after)) {
    return Object.is(before, after) ? [] : [{ key: path, before: inWords(before), after: inWords(after) }]
  }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap((key) =>
    differences(path.endsWith(':') ? `${path} ${key}` : `${path}.${key}`, before[key], after[key]),
  )
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function inWords(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
