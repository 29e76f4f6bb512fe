/** The entries of the first screen: what each leads to, in one line, and more of it below the list. Pure. */
import { list, plural } from '../../../../comparison/blocks.ts'
import type { RunEntry } from '../../../../measurement/store/run-list.ts'
import type { ScenarioEntry } from '../../../../scenario/library.ts'
import type { BinariesState, LabEntry, Surroundings } from '../../../services.ts'
import { labState, nextLab } from '../../../words/course-words.ts'
import { ageOf, scenariosOf, systemsOf } from '../../../words/run-words.ts'
import type { Route } from '../../navigation.tsx'
import type { Loaded } from '../../widgets/loaded.ts'

export interface Entry {
  readonly label: string
  /** Beside the label. */
  readonly detail: string
  /** Below the list while the entry is chosen; a paragraph each. */
  readonly more: readonly string[]
  readonly route: Route | null
}

export interface Known {
  readonly labs: Loaded<readonly LabEntry[]>
  readonly scenarios: Loaded<readonly ScenarioEntry[]>
  readonly runs: Loaded<readonly RunEntry[]>
  readonly surroundings: Loaded<Surroundings>
  readonly fetching: BinariesState['fetching']
}

export function homeEntries({ labs, scenarios, runs, surroundings, fetching }: Known, now: Date): readonly Entry[] {
  return [
    withLoaded(labs, courseEntry, { label: 'Start the course', route: { name: 'labs' } }),
    withLoaded(scenarios, compareEntry, { label: 'Compare systems', route: { name: 'compare' } }),
    withLoaded(runs, (entries) => reportEntry(entries, now), { label: 'Open a report', route: { name: 'reports' } }),
    withLoaded(surroundings, (here) => doctorEntry(here, fetching), {
      label: 'What runs here',
      route: { name: 'doctor' },
    }),
    {
      label: 'Glossary',
      detail: 'the words of the field and of EdgeLab',
      more: ['What a hop, a stampede or a token bucket is, in a few sentences each.'],
      route: { name: 'glossary' },
    },
    { label: 'Quit', detail: '', more: ['What runs is stopped; what was answered and measured is kept.'], route: null },
  ]
}

/** The header's right end: which runtime, and why. */
export function runtimeWords(surroundings: Loaded<Surroundings>): string {
  if (surroundings.state !== 'ready') return surroundings.state === 'waiting' ? '…' : ''
  const { runtime, reason } = surroundings.value
  return reason === '' ? runtime : `${runtime} · ${reason}`
}

function withLoaded<Value>(
  loaded: Loaded<Value>,
  entry: (value: Value) => Entry,
  unknown: Pick<Entry, 'label' | 'route'>,
): Entry {
  switch (loaded.state) {
    case 'waiting':
      return { ...unknown, detail: '…', more: [] }
    case 'failed':
      return { ...unknown, detail: loaded.error.title, more: [loaded.error.message, loaded.error.hint] }
    case 'ready':
      return entry(loaded.value)
    default:
      return loaded satisfies never
  }
}

function courseEntry(labs: readonly LabEntry[]): Entry {
  const begun = labs.some(({ progress }) => progress !== null)
  const label = begun ? 'Go on with the course' : 'Start the course'
  const next = nextLab(labs)
  if (!next) {
    const detail = labs.length === 0 ? 'no lab can be read' : `all ${plural(labs.length, 'lab')} finished`
    return { label: 'The course', detail, more: ['Every finished step stays readable.'], route: { name: 'labs' } }
  }
  const { lab, progress } = next
  const where = progress === null ? `about ${lab.minutes} min` : labState(next)
  return {
    label,
    detail: `lab ${lab.number} of ${labs.length} · ${lab.title} · ${where}`,
    more: [lab.question, lab.summary],
    route: { name: 'lab', id: lab.id },
  }
}

function compareEntry(entries: readonly ScenarioEntry[]): Entry {
  const scenarios = entries.flatMap(({ scenario }) => scenario ?? [])
  return {
    label: 'Compare systems',
    detail: `${plural(scenarios.length, 'scenario')}: run one, see what differs`,
    more: scenarios.map(({ id, question }) => `${id}: ${question}`),
    route: { name: 'compare' },
  }
}

function reportEntry(entries: readonly RunEntry[], now: Date): Entry {
  const label = 'Open a report'
  const newest = entries.find(({ record }) => record !== null)?.record
  if (!newest) {
    const detail = entries.length === 0 ? 'none yet' : `${plural(entries.length, 'run')}, none can be read`
    return { label, detail, more: ['A run of “Compare systems” makes one.'], route: { name: 'reports' } }
  }
  const { length } = newest.scenarios
  const parts = [
    length > 2 ? plural(length, 'scenario') : scenariosOf(newest),
    ageOf(newest.startedAt, now),
    systemsOf(newest),
  ]
  return {
    label,
    detail: parts.filter((part) => part !== '').join(' · '),
    more: [`${plural(entries.length, 'run')} kept. The newest: ${newest.command}`],
    route: { name: 'reports' },
  }
}

function doctorEntry({ systems }: Surroundings, fetching: BinariesState['fetching']): Entry {
  const missing = systems.flatMap(({ id, availability }) => (availability.available ? [] : [{ id, ...availability }]))
  const count = `${systems.length - missing.length} of ${systems.length} systems ready`
  const ready = fetching === null ? count : `${count} · on its way: ${fetching.words}`
  return {
    label: 'What runs here',
    detail: missing.length === 0 ? ready : `${ready} · not ${list(missing.map(({ id }) => id))}`,
    more:
      missing.length === 0
        ? ['Everything that EdgeLab compares can run here.']
        : missing.map(({ id, reason, remedy }) => `${id}: ${reason}${remedy === '' ? '' : ` → ${remedy}`}`),
    route: { name: 'doctor' },
  }
}
