/** A session as appended lines: whatever changes is said once, in the order in which it came about. */
import { isBrokenAgain, stepProgress } from '../../../labs/session/machine.ts'
import type { LabSession, SessionState } from '../../../labs/session/session.ts'
import { blockLines } from '../blocks/blocks.ts'
import { type BlockOptions, shown, type TextOptions, wrapped } from '../style.ts'
import { hintLines, openingLines, resultLines } from './page.ts'
import { verdictLines, verdictSentence } from './verdicts.ts'

/** Says the page at hand and then every change; returns what ends it. */
export function announce(
  session: LabSession,
  print: (lines: readonly string[]) => void,
  options: BlockOptions,
): () => void {
  let before = session.state()
  print(openingLines(session.page(), options))
  if (before.busy !== null) print(busyLines(before.busy, options))
  return session.subscribe(() => {
    const now = session.state()
    const lines = changedLines(session, before, now, options)
    before = now
    if (lines.length > 0) print(lines)
  })
}

function changedLines(
  session: LabSession,
  before: SessionState,
  now: SessionState,
  options: BlockOptions,
): readonly string[] {
  const said: string[] = []
  const isNew = now.progress.at !== before.progress.at
  if (isNew) said.push('', ...openingLines(session.page(), options))
  const step = stepProgress(now.progress, now.progress.at)
  const was = stepProgress(before.progress, now.progress.at)
  const hasResult = step.observation !== was.observation || (step.committed && !was.committed)
  if (!isNew && hasResult) said.push('', ...resultLines(session.page(), options))
  if (!isNew && step.hints.length > was.hints.length)
    said.push('', ...hintLines(session.page().openedHints.at(-1)!, options))
  if (now.busy !== null && now.busy !== before.busy) said.push(...busyLines(now.busy, options))
  const ran = now.lines.length > before.lines.length ? now.lines.slice(before.lines.length) : []
  said.push(...ran.flatMap((line) => wrapped(shown(line, options), options)))
  if (now.verdicts !== before.verdicts && now.verdicts.length > 0) {
    said.push('', ...verdictLines(now.verdicts, options), ...wrapped(verdictSentence(now.verdicts), options))
  }
  // A task may be finished by saving a file, without a dialogue that would say what comes next.
  if (!isNew && step.done && !was.done && session.page().type === 'task') {
    said.push(...wrapped(shown(session.page().next, options), options))
  }
  if (!isNew && isBrokenAgain(step) && !isBrokenAgain(was)) {
    said.push(...wrapped(shown(session.page().next, options), options))
  }
  const tried = now.tried === before.tried ? undefined : now.tried.at(-1)
  if (tried) said.push('', ...tried.blocks.flatMap((block) => [...blockLines(block, options), '']))
  if (now.broken !== null && now.broken !== before.broken) {
    const text = `${now.broken} Editing on will not repair it; reset gives you the files as they were.`
    said.push(...wrapped(shown(text, options), options))
  }
  if (now.problem !== null && now.problem !== before.problem) {
    said.push(...wrapped(shown(`${now.problem.message} ${now.problem.hint}`, options), options))
    if (now.problem.logTail !== '') said.push(...wrapped(shown(now.problem.logTail, options), options, 2))
  }
  return said
}

function busyLines(busy: string, options: TextOptions): string[] {
  return wrapped(shown(`(${busy} …)`, options), options)
}
