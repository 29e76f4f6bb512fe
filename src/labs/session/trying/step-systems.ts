/** The systems that run for the step at hand: started when they are first needed, and kept for as long as the same ones are. */
import type { Name } from '../../../policy/policy.ts'
import { openTaskEnvironment, type TaskEnvironment, type TaskEnvironmentOptions } from '../../run/task-environment.ts'

/** What is to run: `direct` is there anyway. */
export interface Wanted {
  /** Below the workspace. */
  readonly scenario: string
  readonly roles: readonly Name[]
}

export interface StepSystems {
  /** What is wanted runs already, so that asking for it takes no start. */
  has(wanted: Wanted): boolean
  /**
   * Up to date with the learner's files. What else runs is stopped first: two at once would be in each other's way. Throws
   * as `openTaskEnvironment` does.
   */
  ready(wanted: Wanted): Promise<TaskEnvironment>
  /** What runs is stopped, in the background. */
  leave(): void
  /** Resolves when nothing that was left runs any more; what could not be stopped is said by `close` alone. */
  left(): Promise<void>
  /** Throws EdgeLabError where something could not be stopped. */
  close(): Promise<void>
}

export function stepSystems(options: Omit<TaskEnvironmentOptions, 'scenario' | 'roles'>): StepSystems {
  let open: { readonly wanted: Wanted; readonly environment: TaskEnvironment } | null = null
  const leaving: Promise<void>[] = []

  function leave(): void {
    if (open === null) return
    const left = open.environment.close()
    left.catch(() => undefined)
    leaving.push(left)
    open = null
  }

  const has = (wanted: Wanted): boolean => open !== null && keyOf(open.wanted) === keyOf(wanted)
  const left = async (): Promise<void> => void (await Promise.allSettled(leaving))

  return {
    has,
    leave,
    left,
    ready: async (wanted) => {
      if (open !== null && has(wanted)) {
        await open.environment.refresh()
        return open.environment
      }
      leave()
      await left()
      const environment = await openTaskEnvironment({ ...options, ...wanted })
      open = { wanted, environment }
      return environment
    },
    close: async () => {
      leave()
      await Promise.all(leaving)
    },
  }
}

function keyOf({ scenario, roles }: Wanted): string {
  return JSON.stringify([scenario, roles.toSorted()])
}
