import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CheckVerdict } from '../../../src/labs/file/check.ts'
import type { Progress } from '../../../src/labs/progress/progress.ts'
import {
  isReached,
  judged,
  type Move,
  move,
  observed,
  stepAt,
  stepProgress,
} from '../../../src/labs/session/machine.ts'
import type { Action } from '../../../src/labs/session/session.ts'
import { freshProgress, sampleLab, sampleObservation } from '../sample-lab.ts'

const nothing = (): undefined => undefined
const stepIds = sampleLab.steps.map(({ id }) => id)

function verdict(state: CheckVerdict['state']): CheckVerdict {
  return { id: 'client', describe: '', state, request: '', expected: '', received: '', difference: '' }
}

/** All accepted, or the test fails with the reason. */
function walk(actions: readonly (Action | 'observed' | 'right')[], from = freshProgress): Progress {
  return actions.reduce<Progress>((progress, action) => {
    if (action === 'observed') return observed(progress, 'ask', sampleObservation)
    if (action === 'right') return judged(progress, 'fix', [verdict('right')])
    const moved = move(sampleLab, progress, action, nothing)
    if (!moved.accepted) throw moved.refusal
    return moved.progress
  }, from)
}

function why(progress: Progress, action: Action): string {
  const moved: Move = move(sampleLab, progress, action, nothing)
  return moved.accepted ? 'accepted' : `${moved.refusal.name}: ${moved.refusal.message}`
}

const answer = (question: string, value: string): Action => ({ type: 'answer', question, value })
const predicted: readonly Action[] = [
  { type: 'next' },
  answer('status.proxy', 'ok'),
  answer('status.gateway', 'no'),
  answer('seen', '3'),
  { type: 'commit', confidence: 3 },
  { type: 'next' },
]
const explained: readonly (Action | 'observed')[] = [
  ...predicted,
  'observed',
  { type: 'next' },
  answer('which', 'ok'),
  { type: 'commit' },
  { type: 'next' },
  answer('prompt', 'It counts.'),
  { type: 'commit' },
  { type: 'next' },
]

test('the whole lab, step by step, ends at its last step with everything done', () => {
  const end = walk([...explained, 'right', { type: 'next' }, answer('need', 'gw'), { type: 'commit' }])
  expect(stepIds.map((id) => end.steps[id]?.done)).toEqual(stepIds.map(() => true))
  expect(why(end, { type: 'next' })).toBe('notNow: This is the last step.')
})

test('a run is refused while a prediction before it is open, and says which', () => {
  // As after an update of the lab that put a prediction before a step that was reached already.
  const progress = { ...freshProgress, at: 'ask' }
  expect(why(progress, { type: 'run' })).toBe('notNow: The prediction “Who answers” is not committed yet.')
})

test('a prediction wants every answer and how sure you are', () => {
  const open = walk([{ type: 'next' }, answer('status.proxy', 'ok')])
  expect(why(open, { type: 'commit', confidence: 1 })).toBe('notNow: Not answered yet: “What comes back?”')
  const worded = walk([answer('status.gateway', 'no'), answer('seen', 'many')], open)
  expect(why(worded, { type: 'commit', confidence: 1 })).toContain('“many” is not a number')
  expect(why(walk([answer('seen', '1 200')], worded), { type: 'commit' })).toContain('How sure you are')
  expect(why(open, answer('status.proxy', 'maybe'))).toContain('“maybe” is none of the answers: ok, no')
})

test('what was committed stays, whoever asks', () => {
  const committed = walk([...predicted, { type: 'back' }])
  expect(why(committed, answer('seen', '9'))).toContain('committed')
  expect(why(committed, { type: 'reset' })).toContain('stay as they are')
  expect(why(committed, { type: 'commit', confidence: 1 })).toContain('committed')
})

test('a run may be repeated until an answer rests on it', () => {
  const seen = walk([...predicted, 'observed'])
  expect(why(seen, { type: 'run' })).toBe('accepted')
  const answered = walk([{ type: 'next' }, answer('which', 'no'), { type: 'commit' }, { type: 'back' }], seen)
  expect(why(answered, { type: 'run' })).toContain('rests on this run')
})

test('a task: hints by state, skipping applies the solution, reset gives it back as it was', () => {
  const wrong = judged(walk(explained), 'fix', [verdict('wrong')])
  const facts = (path: string): unknown => (path === 'check.client' ? 'wrong' : undefined)
  const hinted = move(sampleLab, wrong, { type: 'hint' }, facts)
  expect(hinted.accepted && hinted.progress.steps['fix']?.hints).toEqual([0])
  const again = move(sampleLab, hinted.accepted ? hinted.progress : wrong, { type: 'hint' }, nothing)
  expect(again.accepted && again.progress.steps['fix']?.hints).toEqual([0, 2])
  expect(why(again.accepted ? again.progress : wrong, { type: 'hint' })).toContain('no more hints')
  expect(why(wrong, { type: 'next' })).toContain('not finished')

  const skipped = move(sampleLab, wrong, { type: 'skip' }, nothing)
  expect(skipped).toMatchObject({ accepted: true, effect: 'apply-solution' })
  expect(skipped.accepted && skipped.progress.steps['fix']).toMatchObject({ done: true, skipped: true })
  const fresh = move(sampleLab, skipped.accepted ? skipped.progress : wrong, { type: 'reset' }, nothing)
  expect(fresh).toMatchObject({ accepted: true, effect: 'reset-files' })
  expect(fresh.accepted && fresh.progress.steps['fix']).toMatchObject({ done: false, skipped: false, verdicts: [] })
})

test('a task that was right stays done while something else is tried', () => {
  const right = walk([...explained, 'right'])
  const tried = judged(right, 'fix', [verdict('unknown')])
  expect(tried.steps['fix']).toMatchObject({ done: true, tries: 2, verdicts: [{ state: 'unknown' }] })
  expect(judged(walk(explained), 'fix', [verdict('right'), verdict('unknown')]).steps['fix']?.done).toBe(false)
})

test('a task that was right and is broken again is not left forwards; the solution opens the way', () => {
  const broken = judged(walk([...explained, 'right']), 'fix', [verdict('wrong')])
  expect(broken.steps['fix']?.done).toBe(true)
  expect(why(broken, { type: 'next' })).toBe('notNow: This task was right and is broken again.')
  expect(why(judged(broken, 'fix', [verdict('right')]), { type: 'next' })).toBe('accepted')
  expect(why(walk([{ type: 'skip' }], broken), { type: 'next' })).toBe('accepted')
  const later = walk(['right', { type: 'next' }, { type: 'back' }], broken)
  expect(why(judged(later, 'fix', [verdict('wrong')]), { type: 'go', step: 'quiz' })).toBe('accepted')
})

test('a request of one’s own is refused where it would give an answer away, or nothing runs', () => {
  const request: Action = { type: 'try', text: '/' }
  expect(why(freshProgress, request)).toBe('notNow: Nothing runs yet that a request could go through.')
  expect(why(walk([{ type: 'next' }]), request)).toBe('notNow: A request would give the answer away.')
  expect(why(walk(predicted), request)).toBe('accepted')
})

test('steps that were reached stay readable, others are refused', () => {
  const progress = walk([...predicted, { type: 'go', step: 'hello' }])
  expect(why(progress, { type: 'go', step: 'ask' })).toBe('accepted')
  expect(why(progress, { type: 'go', step: 'look' })).toContain('not reached yet')
  expect(why(progress, { type: 'go', step: 'nowhere' })).toContain('no step “nowhere”')
})

const anyAction: fc.Arbitrary<Action | 'observed' | 'right' | 'wrong'> = fc.oneof(
  fc.constantFrom<Action | 'observed' | 'right' | 'wrong'>('observed', 'right', 'wrong'),
  fc.constantFrom<Action>(
    { type: 'next' },
    { type: 'next' },
    { type: 'back' },
    { type: 'run' },
    { type: 'check' },
    { type: 'hint' },
    { type: 'reset' },
    { type: 'skip' },
    { type: 'commit' },
    { type: 'commit', confidence: 2 },
  ),
  fc.record({
    type: fc.constant('answer' as const),
    question: fc.constantFrom('status.proxy', 'status.gateway', 'seen', 'which', 'prompt', 'need', 'none'),
    value: fc.constantFrom('ok', 'no', 'gw', 'rp', '12', '', 'x'),
  }),
  fc.record({ type: fc.constant('go' as const), step: fc.constantFrom(...stepIds, 'nowhere') }),
)

test('no sequence of actions loses an answer, unlocks a prediction, or skips a step', () => {
  fc.assert(
    fc.property(fc.nat({ max: explained.length }), fc.array(anyAction, { maxLength: 60 }), (begun, actions) => {
      let progress = walk(explained.slice(0, begun))
      for (const action of actions) {
        const before = structuredClone(progress)
        const after = apply(progress, action)
        // Nothing is changed in place, and the file that is written is a plain one.
        expect(progress).toEqual(before)
        expect(JSON.parse(JSON.stringify(after))).toEqual(after)
        for (const [id, step] of Object.entries(before.steps)) {
          const now = after.steps[id]!
          if (step.committed)
            expect(now).toMatchObject({ committed: true, answers: step.answers, confidence: step.confidence })
          const asked = action !== 'observed' && action !== 'right' && action !== 'wrong' ? action : null
          if (asked?.type !== 'reset')
            expect(Object.keys(now.answers)).toEqual(expect.arrayContaining(Object.keys(step.answers)))
          if (asked?.type !== 'reset' && step.done) expect(now.done).toBe(true)
          if (step.observation) expect(now.observation).not.toBeNull()
        }
        // One step forwards at a time, and only from one that is done; a run is never before its prediction.
        const [from, to] = [before, after].map((each) => stepIds.indexOf(stepAt(sampleLab, each).id)) as [
          number,
          number,
        ]
        if (!isReached(sampleLab, before, after.at)) {
          expect(to).toBe(from + 1)
          expect(after.steps[stepIds[from]!]?.done).toBe(true)
        }
        if (to >= stepIds.indexOf('ask')) expect(stepProgress(after, 'guess').committed).toBe(true)
        progress = after
      }
    }),
    { numRuns: 400 },
  )
})

function apply(progress: Progress, action: Action | 'observed' | 'right' | 'wrong'): Progress {
  if (action === 'observed') return progress.at === 'ask' ? observed(progress, 'ask', sampleObservation) : progress
  if (action === 'right' || action === 'wrong') {
    return progress.at === 'fix' ? judged(progress, 'fix', [verdict(action)]) : progress
  }
  const moved = move(sampleLab, progress, action, nothing)
  return moved.accepted ? moved.progress : progress
}
