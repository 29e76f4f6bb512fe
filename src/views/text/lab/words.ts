/** What can be said at the prompt of a lab in plain mode. The help and the prompt are made from this table. */
import type { StepPage } from '../../../labs/session/page.ts'

export type Word =
  | 'next'
  | 'run'
  | 'commit'
  | 'change'
  | 'check'
  | 'hint'
  | 'solution'
  | 'reset'
  | 'back'
  | 'steps'
  | 'go'
  | 'page'
  | 'report'
  | 't'
  | 'more'
  | 'end'
  | 'help'
  | 'quit'

const meanings: Readonly<Record<Word, string>> = {
  next: 'go on to the next step',
  run: 'send the requests, and see what comes out',
  commit: 'lock the answers; nothing changes them afterwards',
  change: 'give the answers anew',
  check: 'judge what the files say now; saving a file does the same',
  hint: 'open the next hint',
  solution: 'apply the solution over your files, so that later steps work (asks first)',
  reset: 'this step as it was: your changes to its files go (asks first)',
  back: 'the step before',
  steps: 'the steps that you have reached',
  go: 'go <number>: to one of them',
  page: 'this step once more',
  t: 't <request>: send a request of your own through everything that plays here, as t GET /products/7 as alice',
  more: 'the whole finding, with how it was measured',
  end: 'what you learned, how the tasks are solved, and the next lab',
  report: 'write the report of this lab',
  help: 'these lines',
  quit: 'leave; everything is kept',
}

/** In the order in which they are offered. */
export function wordsFor(page: StepPage): readonly Word[] {
  const isOpen = page.questions.length > 0 && !page.committed
  const isAnswered = isOpen && page.questions.every(({ given }) => given !== null)
  const task = page.type === 'task'
  const offered: readonly (readonly [Word, boolean])[] = [
    ['next', (page.done || page.type === 'read') && !page.brokenAgain && page.number < page.of],
    ['end', page.finished],
    ['run', page.mayRun],
    ['commit', isAnswered],
    ['change', isAnswered],
    ['check', task],
    ['hint', task && page.moreHints],
    ['solution', task && (!page.done || page.brokenAgain)],
    ['reset', task],
    ['t', page.mayTry],
    ['more', page.more.length > 0],
    ['back', page.number > 1],
    ['steps', true],
    ['go', true],
    ['page', true],
    ['report', true],
    ['help', true],
    ['quit', true],
  ]
  return offered.flatMap(([word, isPossible]) => (isPossible ? [word] : []))
}

export function meaningOf(word: Word): string {
  return meanings[word]
}

/** `go 3` → `{ word: 'go', rest: '3' }`; null where the line does not begin with a word of these. */
export function readWord(line: string, words: readonly Word[]): { readonly word: Word; readonly rest: string } | null {
  const [first = '', ...rest] = line.trim().split(/\s+/)
  const word = words.find((each) => each === first.toLowerCase())
  if (!word || (rest.length > 0 && word !== 'go' && word !== 't')) return null
  return { word, rest: rest.join(' ') }
}
