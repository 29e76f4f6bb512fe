/** A session made of pages: what keys ask of it is written down, and the simplest of it is done. */
import type { StepPage } from '../../../../../src/labs/session/page.ts'
import type { Action, LabSession, SessionState } from '../../../../../src/labs/session/session.ts'
import { donePages, fixtureCast, fixtureEnding, fixtureLab, fixtureProgress, freshPages } from '../../../lab-fixture.ts'

export interface FakeSession extends LabSession {
  readonly asked: readonly Action[]
  readonly closed: () => number
  /** What the engine would report. */
  report(state: Partial<SessionState>): void
  /** The step at hand as it is when it is done. */
  finish(): void
  /** The step at hand, otherwise. */
  replace(change: Partial<StepPage>): void
}

export function fakeSession(at: string): FakeSession {
  const pages = new Map(freshPages.map((page) => [page.id, page]))
  const order = fixtureLab.steps.map(({ id }) => id)
  const listeners = new Set<() => void>()
  const asked: Action[] = []
  let closed = 0
  let state: SessionState = {
    progress: { ...fixtureProgress, at, steps: {} },
    busy: null,
    lines: [],
    verdicts: [],
    broken: null,
    tried: [],
    problem: null,
  }

  const report = (change: Partial<SessionState>): void => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }
  const here = (): StepPage => pages.get(state.progress.at)!
  const replace = (change: Partial<StepPage>): void => {
    pages.set(here().id, { ...here(), ...change })
    report({})
  }
  const goTo = (step: string | undefined): void => {
    if (step !== undefined) report({ progress: { ...state.progress, at: step } })
  }
  const perform = (action: Action): void => {
    switch (action.type) {
      case 'answer':
        return replace({
          questions: here().questions.map((each) =>
            each.key === action.question ? { ...each, given: action.value } : each,
          ),
        })
      case 'commit':
        return replace({
          committed: true,
          done: true,
          confidence: here().confidence && { chosen: action.confidence ?? null },
        })
      case 'next':
        return goTo(order[order.indexOf(here().id) + 1])
      case 'back':
        return goTo(order[order.indexOf(here().id) - 1])
      case 'go':
        return goTo(action.step)
      case 'run':
      case 'check':
      case 'hint':
      case 'try':
      case 'reset':
      case 'skip':
        return undefined
      default:
        return action satisfies never
    }
  }

  return {
    lab: fixtureLab,
    cast: fixtureCast,
    workspace: '/home/learner/labs/saying-no/files',
    state: () => state,
    page: (step = state.progress.at) => pages.get(step)!,
    clients: async () => ['web', 'mobile'],
    ending: async () => fixtureEnding,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    act: async (action) => {
      asked.push(action)
      perform(action)
    },
    close: async () => {
      closed += 1
    },
    asked,
    closed: () => closed,
    report,
    replace,
    finish: () => replace(donePages.find(({ id }) => id === here().id)!),
  }
}
