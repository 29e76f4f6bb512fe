/** A lab by its own rules, without anything that runs: what a run or a judgement would show is put in by the test. */
import type { Lab } from '../../../src/labs/file/lab.ts'
import { factsOf } from '../../../src/labs/progress/facts.ts'
import type { Progress } from '../../../src/labs/progress/progress.ts'
import { move } from '../../../src/labs/session/machine.ts'
import { stepPage } from '../../../src/labs/session/pages.ts'
import type { LabSession, SessionState } from '../../../src/labs/session/session.ts'
import { freshProgress, sampleCast, sampleLab } from '../../labs/sample-lab.ts'

export interface SessionHere extends LabSession {
  /** As a run or a judgement does. */
  change(progress: Progress): void
}

export function sessionHere(lab: Lab = sampleLab, from: Progress = freshProgress): SessionHere {
  const listeners = new Set<() => void>()
  const calm = { busy: null, lines: [], verdicts: [], broken: null, tried: [], problem: null }
  let state: SessionState = { progress: from, ...calm }
  const become = (next: Partial<SessionState>): void => {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }
  return {
    lab,
    cast: sampleCast,
    workspace: '/nowhere',
    state: () => state,
    page: (id = state.progress.at) =>
      stepPage(lab, sampleCast, state.progress, id, { facts: factsOf(lab, state.progress), files: [], verdicts: [] }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    act: async (action) => {
      const moved = move(lab, state.progress, action, () => undefined)
      become(moved.accepted ? { progress: moved.progress, problem: null } : { problem: moved.refusal })
    },
    clients: async () => [],
    ending: async () => {
      throw new Error('this session has no files to look back on')
    },
    close: async () => undefined,
    change: (progress) => become({ progress }),
  }
}
