/** Which scenarios, which systems, how sure: then it runs. The last choice is proposed. */
import { type ReactNode, useEffect, useReducer } from 'react'
import { EdgeLabError } from '../../../../errors.ts'
import type { Effort } from '../../../../measurement/slices/slice-record.ts'
import { usualSystems } from '../../../../systems/usual.ts'
import { useServices } from '../../app-context.tsx'
import { useNavigation } from '../../navigation.tsx'
import { useLoaded } from '../../widgets/loaded.ts'
import { useBinaries } from '../../widgets/use-binaries.ts'
import { ErrorScreen } from '../error/error.tsx'
import { EffortStep } from './effort-step.tsx'
import { ScenariosStep } from './scenarios-step.tsx'
import { choiceOf, compareChanged, nothingChosen } from './state.ts'
import { SystemsStep } from './systems-step.tsx'

export function CompareScreen(): ReactNode {
  const services = useServices()
  const { replace, fail } = useNavigation()
  const scenarios = useLoaded(services.scenarios)
  const { come } = useBinaries()
  const surroundings = useLoaded(services.surroundings, [come])
  const last = useLoaded(services.lastChoice)
  const [state, change] = useReducer(compareChanged, nothingChosen)
  const here = surroundings.state === 'ready' ? surroundings.value.systems : []
  const ready = here.filter(({ availability }) => availability.available).map(({ id }) => id)
  const entries = scenarios.state === 'ready' ? scenarios.value : []
  const all = entries.flatMap(({ scenario }) => scenario ?? [])
  const remembered = last.state === 'ready' ? last.value : null
  const scenariosKnown = scenarios.state === 'ready' && last.state !== 'waiting'
  const systemsKnown = surroundings.state === 'ready' && last.state !== 'waiting'

  // Scenarios do not wait for the engine's answer. What was remembered may be gone by now.
  useEffect(() => {
    if (!scenariosKnown) return
    const before = all.map(({ id }) => id).filter((id) => remembered?.scenarios.includes(id))
    change({ type: 'propose', scenarios: before, systems: [] })
  }, [scenariosKnown])
  useEffect(() => {
    if (!systemsKnown) return
    const before = ready.filter((id) => remembered?.systems.includes(id))
    change({
      type: 'propose',
      scenarios: [],
      systems: before.length > 0 ? before : usualSystems((id) => ready.includes(id)),
    })
  }, [systemsKnown])

  if (scenarios.state === 'failed') return <ErrorScreen error={scenarios.error} />
  if (surroundings.state === 'failed') return <ErrorScreen error={surroundings.error} />
  const chosen = all.filter(({ id }) => state.scenarios.includes(id))
  const start = (effort: Effort): void => {
    const choice = choiceOf(state, effort, { scenarios: all.map(({ id }) => id), systems: ready })
    // A choice that cannot be remembered is made again next time; the run does not wait for that.
    services.rememberChoice(choice).catch((error: unknown) => error instanceof EdgeLabError || fail(error))
    replace({ name: 'live', choice })
  }
  switch (state.step) {
    case 'scenarios':
      return <ScenariosStep {...{ state, change }} entries={scenarios.state === 'ready' ? entries : null} />
    case 'systems':
      return (
        <SystemsStep {...{ state, change }} scenarios={chosen} systems={surroundings.state === 'ready' ? here : null} />
      )
    case 'effort':
      return (
        <EffortStep {...{ state, change, start }} scenarios={chosen} remembered={remembered?.effort ?? 'default'} />
      )
    default:
      return state.step satisfies never
  }
}
