/**
 * Taking part in a workshop: what the learner does in its labs is told to the host, and what the facilitator wants is
 * heeded. The lab goes on whether the host is there or not; what it could not be told waits on this machine's disk.
 */

import { asTyped } from '../../errors/typed.ts'
import { EdgeLabError } from '../../errors.ts'
import type { Lab } from '../../labs/file/lab.ts'
import type { Progress } from '../../labs/progress/progress.ts'
import type { LabSession } from '../../labs/session/session.ts'
import { lockFile, unlock } from '../../runtime/cleanup/lock-file.ts'
import type { JoinAnswer, Orders } from '../protocol/messages.ts'
import { hostClient, Refusal } from './connection/host-client.ts'
import { listening } from './connection/listening.ts'
import { heldSession } from './held-session.ts'
import { spokenHere } from './join-workshop.ts'
import { openKeptOrders } from './kept-orders.ts'
import { type Joined, membershipHome } from './membership.ts'
import { openOutbox } from './told/outbox.ts'
import { reportsOf } from './told/reports-of.ts'
import { sending } from './told/sending.ts'

export interface ParticipationState {
  readonly workshop: JoinAnswer['workshop']
  /**
   * `refused`: the host is there and takes nothing from here, for a reason that time does not mend. `removed`: the
   * facilitator wants it so.
   */
  readonly connection: 'connecting' | 'connected' | 'offline' | 'refused' | 'removed'
  /** Why it is offline or refused, or how one comes in again, as a clause; empty otherwise. */
  readonly why: string
  /** Steps of which the host has not confirmed what was told, and the answers among it. */
  readonly waiting: { readonly steps: number; readonly answers: number }
  /** As the host was last heard, perhaps by an earlier process; null before it has said any. */
  readonly orders: Orders | null
}

export interface Participation {
  /** Of the workshop, those that are here, in its order. */
  readonly labs: readonly Lab[]
  /** The same object until something changes. */
  state(): ParticipationState
  /** Called after every change; returns what ends it. */
  subscribe(changed: () => void): () => void
  /**
   * The lab as the workshop lets it be played. What is done in it is told, where it is one of the workshop's labs.
   * `patient`: it waits where the workshop is paused, instead of refusing to go on.
   */
  follow(session: LabSession, options?: { readonly patient: boolean }): LabSession
  /** What was done in a lab that is not open. Throws EdgeLabError `stateUnwritable`. */
  tell(lab: Lab, progress: Progress): Promise<void>
  /** Resolves when the host has everything, with true; with false where that cannot be, or the signal is aborted. */
  allKept(signal: AbortSignal): Promise<boolean>
  /** What waits stays on the disk. */
  close(): Promise<void>
}

const noOrders: Orders = { version: 0, pauseAt: null, message: null, endsAt: null, isOver: false }

/** Throws EdgeLabError `joinedTwice` and `stateUnwritable`. Returns at once: the host is asked behind it. */
export async function participate({ address, code, joined }: Joined, labs: readonly Lab[]): Promise<Participation> {
  const { outbox: path, orders, lock } = membershipHome(code)
  const holder = await lockFile(lock)
  if (holder) throw new EdgeLabError('joinedTwice', { pid: holder.pid })
  const outbox = await openOutbox(path).catch(async (error: unknown) => {
    await unlock(lock)
    throw error
  })
  const kept = await openKeptOrders(orders)
  const client = hostClient(address, code)
  const { token, workshop } = joined
  const closing = new AbortController()
  const listeners = new Set<() => void>()
  /** How much is on its way to the disk. */
  let writing = 0
  let state: ParticipationState = {
    workshop,
    connection: 'connecting',
    why: '',
    waiting: waitingNow(),
    orders: kept.before,
  }

  function update(change: Partial<ParticipationState>): void {
    const next = { ...state, ...change }
    const isSame = (Object.keys(next) as (keyof ParticipationState)[]).every(
      (key) => next[key] === state[key] || JSON.stringify(next[key]) === JSON.stringify(state[key]),
    )
    if (isSame) return
    state = next
    tellListeners()
  }

  function tellListeners(): void {
    for (const listener of listeners) listener()
  }

  function waitingNow(): ParticipationState['waiting'] {
    const waiting = outbox.waiting()
    const answers = waiting.reduce((sum, each) => sum + Object.keys(each.answers).length, 0)
    return { steps: waiting.length, answers }
  }

  /** Whether it is to be tried again. */
  function goesOnAfter(error: unknown, isOffline: boolean): boolean {
    const why = (error as Error).message
    if (!(error instanceof Refusal) || error.again) {
      if (isOffline) update({ connection: 'offline', why })
      return true
    }
    if (error.reason === 'workshop is over') {
      const over = { ...(state.orders ?? noOrders), isOver: true }
      kept.keep(over)
      update({ orders: over })
    } else if (error.reason === 'removed') {
      kept.keep({ ...(state.orders ?? noOrders), pauseAt: null })
      update({ connection: 'removed', why: asSomebodyNew })
    } else update({ connection: 'refused', why: whyRefused(error) })
    return false
  }
  const again = asTyped(`edgelab join ${address} ${code} --passcode …`)
  const forgotten = `it does not know you any more; ${again} lets you in again`

  const whyRefused = ({ reason, message }: Refusal): string => {
    if (reason === 'unknown token') return forgotten
    return reason === 'other protocol' ? `${spokenHere}, and ${message}` : message
  }
  const asSomebodyNew = `${asTyped(`edgelab join ${address} ${code} --name … --passcode …`)} lets you in as somebody new`

  const { signal } = closing
  /** Labs go on alone, and nothing more is told. */
  const isOut = (): boolean => state.orders?.isOver === true || state.connection === 'removed'
  const isGoing = (): boolean => !signal.aborted && state.connection !== 'refused' && !isOut()
  const { goOn, ended } = sending(outbox, {
    report: (batch) => client.report(token, batch),
    reported: () => update({ waiting: waitingNow() }),
    // A host that wants to be asked later is there.
    failed: (error) => goesOnAfter(error, !(error instanceof Refusal)),
    isGoing,
    signal,
  })
  const listens = listening({
    orders: () => client.orders(token, signal),
    heard: (orders) => {
      // They were on their way when the host refused what was reported.
      if (!isGoing()) return
      const wasConnected = state.connection === 'connected'
      kept.keep(orders)
      update({ connection: 'connected', why: '', orders })
      if (!wasConnected) goOn()
    },
    failed: (error) => goesOnAfter(error, true),
    isGoing,
    signal,
  })

  async function tell(lab: Lab, progress: Progress): Promise<void> {
    if (!workshop.labs.includes(lab.id) || isOut()) return
    writing += 1
    try {
      const isNew = await outbox.tell(reportsOf(lab, progress), progress.at)
      if (isNew) goOn()
    } finally {
      writing -= 1
      update({ waiting: waitingNow() })
      tellListeners()
    }
  }

  const subscribe: Participation['subscribe'] = (changed) => {
    listeners.add(changed)
    return () => listeners.delete(changed)
  }

  return {
    labs,
    state: () => state,
    subscribe,
    tell,
    follow: (session, { patient } = { patient: false }) => {
      // A host that takes nothing from here would let everybody go on without this being heard.
      const isFree = (): boolean => isOut() || state.connection === 'refused'
      const pauseAt = (): Orders['pauseAt'] => (isFree() ? null : (state.orders?.pauseAt ?? null))
      const isHeard = (): boolean => state.connection === 'connected'
      const held = heldSession(session, { labs: workshop.labs, pauseAt, isHeard, subscribe }, patient)
      let told: Progress | null = null
      let telling: Promise<unknown> = Promise.resolve()
      let failure: unknown
      const look = (): void => {
        const { progress } = session.state()
        if (progress === told) return
        told = progress
        const newest = tell(session.lab, progress).catch((error: unknown) => {
          failure = error
        })
        telling = Promise.all([telling, newest])
      }
      look()
      const stop = session.subscribe(look)
      return {
        ...held,
        close: async () => {
          await held.close()
          look()
          stop()
          await telling
          if (failure) throw failure
        },
      }
    },
    allKept: (signal) =>
      new Promise((resolve) => {
        const look = (): void => {
          const isKept = writing === 0 && state.waiting.steps === 0
          if (!isKept && isGoing() && !signal.aborted) return
          stop()
          resolve(isKept)
        }
        const stop = subscribe(look)
        signal.addEventListener('abort', look)
        look()
      }),
    close: async () => {
      closing.abort()
      await client.close()
      await Promise.all([ended, listens])
      await kept.settled()
      await unlock(lock)
    },
  }
}
