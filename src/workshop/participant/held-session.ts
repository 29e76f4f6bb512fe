/** A lab that a workshop can hold at a step. The lab itself knows of no workshop. */

import { asTyped } from '../../errors/typed.ts'
import { EdgeLabError } from '../../errors.ts'
import type { Lab } from '../../labs/file/lab.ts'
import type { Action, LabSession, SessionState } from '../../labs/session/session.ts'
import type { Orders } from '../protocol/messages.ts'

export interface Holding {
  /** Ids of the workshop's labs, in order. */
  readonly labs: readonly string[]
  /** Null where nobody is held. */
  pauseAt(): Orders['pauseAt']
  /** Whether the host would be heard if it let everybody go on. */
  isHeard(): boolean
  /** Called after every change; returns what ends it. */
  subscribe(changed: () => void): () => void
}

/**
 * `patient`: an action that would lead too far waits until it may; otherwise it is refused, with the reason. Going back is
 * always possible.
 */
export function heldSession(session: LabSession, holding: Holding, patient: boolean): LabSession {
  const { lab } = session
  const closed = Promise.withResolvers<void>()
  const listeners = new Set<() => void>()
  let isClosed = false
  let refusal: EdgeLabError | null = null
  let shown: {
    of: SessionState
    pause: Orders['pauseAt']
    isHeard: boolean
    refusal: EdgeLabError | null
    state: SessionState
  } | null = null
  const hint = (): string => (holding.isHeard() ? heldHint : heldAlone(lab.number))

  let pauseBefore = holding.pauseAt()
  const unsubscribe = [
    session.subscribe(tellAll),
    holding.subscribe(() => {
      // What was refused may be possible now.
      if (holding.pauseAt() !== pauseBefore) refusal = null
      pauseBefore = holding.pauseAt()
      tellAll()
    }),
  ]
  function tellAll(): void {
    for (const listener of listeners) listener()
  }

  /** Where an action leads, forwards; null for all others. */
  function leadsTo(action: Action): string | null {
    const at = lab.steps.findIndex(({ id }) => id === session.page().id)
    const to =
      action.type === 'next' ? at + 1 : action.type === 'go' ? lab.steps.findIndex(({ id }) => id === action.step) : -1
    return to > at ? (lab.steps[to]?.id ?? null) : null
  }

  function isHeld(action: Action): boolean {
    const to = leadsTo(action)
    return to !== null && isBeyond(holding.labs, holding.pauseAt(), lab, to)
  }

  async function released(action: Action): Promise<void> {
    while (!isClosed && isHeld(action)) {
      const changed = Promise.withResolvers<void>()
      const stop = holding.subscribe(changed.resolve)
      await Promise.race([changed.promise, closed.promise])
      stop()
    }
  }

  return {
    ...session,
    state: () => {
      const of = session.state()
      const pause = holding.pauseAt()
      const isHeard = holding.isHeard()
      // The same object until something changes.
      if (shown?.of !== of || shown.pause !== pause || shown.isHeard !== isHeard || shown.refusal !== refusal) {
        shown = { of, pause, isHeard, refusal, state: refusal ? { ...of, problem: refusal } : { ...of } }
      }
      return shown.state
    },
    page: (step) => {
      const page = session.page(step)
      const mayGo = page.done || page.type === 'read'
      return mayGo && isHeld({ type: 'next' }) && page.id === session.page().id
        ? { ...page, next: `${heldWhy} ${hint()}` }
        : page
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    act: async (action) => {
      if (patient) await released(action)
      if (!isHeld(action)) {
        refusal = null
        return session.act(action)
      }
      refusal = new EdgeLabError('notNow', { why: heldWhy, hint: hint() })
      tellAll()
    },
    close: async () => {
      isClosed = true
      closed.resolve()
      await session.close()
      for (const each of unsubscribe) each()
    },
  }
}

const heldWhy = 'The workshop is paused at this step.'
const heldHint = 'It goes on when the facilitator lets everybody go on.'

/** The facilitator may have let everybody go on, or have gone home. */
function heldAlone(lab: number): string {
  const alone = asTyped(`edgelab lab ${lab}`)
  return `That was so when the host was last heard; it goes on when the host answers again. Without the workshop: ${alone}`
}

/** Whether the step, of this lab, lies behind the one at which everybody is held; so do all labs after it. */
export function isBeyond(labs: readonly string[], pauseAt: Orders['pauseAt'], lab: Lab, step: string): boolean {
  if (pauseAt === null) return false
  if (pauseAt.lab !== lab.id) return labs.includes(pauseAt.lab) && labs.indexOf(lab.id) > labs.indexOf(pauseAt.lab)
  const held = lab.steps.findIndex(({ id }) => id === pauseAt.step)
  return held !== -1 && lab.steps.findIndex(({ id }) => id === step) > held
}
