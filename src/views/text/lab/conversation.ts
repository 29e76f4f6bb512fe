/** A lab by lines: asks, reads an answer or a word, does it. For pipes, screen readers and whoever likes it plain. */

import { asTyped } from '../../../errors/typed.ts'
import { isReached, stepProgress } from '../../../labs/session/machine.ts'
import type { PageQuestion, StepPage } from '../../../labs/session/page.ts'
import { problemWithNumber } from '../../../labs/session/questions.ts'
import type { Action, LabSession } from '../../../labs/session/session.ts'
import { looksOfCast } from '../../evidence/looks.ts'
import type { Dialogue } from '../../linear/dialogue.ts'
import type { LabEntry } from '../../services.ts'
import { labAfter } from '../../words/course-words.ts'
import { confidences, confidenceWords, stepWords, tryHelp } from '../../words/lab-words.ts'
import { type BlockOptions, shown, wrapped } from '../style.ts'
import { announce } from './announce.ts'
import { endingLines } from './ending.ts'
import { isInterrupted } from './interruptible.ts'
import { moreLines } from './more.ts'
import { askLines, openingLines } from './page.ts'
import { meaningOf, readWord, type Word, wordsFor } from './words.ts'

export interface Around {
  /** Writes the lab's report and resolves with its path. */
  readonly saveReport: () => Promise<string>
  /** Every lab, with where the learner is: one of them is next. */
  readonly labs: () => Promise<readonly LabEntry[]>
}

/**
 * Until the learner leaves. Problems are said, never thrown. Ctrl-C in the middle of something long leaves the lab: it
 * resolves with whether that happened.
 */
export async function converse(
  session: LabSession,
  dialogue: Dialogue,
  { saveReport, labs }: Around,
): Promise<boolean> {
  const { text, say: print } = dialogue
  const options: BlockOptions = { ...text, looks: looksOfCast(session.cast) }
  const stop = announce(session, print, options)
  /** Questions that are put again although they have an answer. */
  let again: readonly string[] = []
  let isReported = session.page().finished
  let isLeft = false
  try {
    for (;;) {
      const page = session.page()
      const open = page.committed
        ? undefined
        : page.questions.find(({ key, given }) => given === null || again.includes(key))
      const said = open ? await answerTo(open, page) : await wordAt(page)
      if (said === 'quit' || isLeft) return isLeft
      if (said === 'change') again = page.questions.map(({ key }) => key)
      const now = session.page()
      if (now.finished && !isReported) {
        isReported = true
        say(now.next)
        await end()
      }
    }
  } finally {
    stop()
  }

  async function perform(action: Action): Promise<void> {
    isLeft = (await isInterrupted(session, dialogue, () => session.act(action))) || isLeft
  }

  function say(...texts: readonly string[]): void {
    print(texts.flatMap((text) => wrapped(shown(text, options), options)))
  }

  async function answerTo(question: PageQuestion, page: StepPage): Promise<Word | null> {
    const { key, input } = question
    const choices = input.kind === 'choice' ? input.options : []
    print(['', ...askLines(question, options), ...choices.flatMap(({ label }, at) => numbered(at, label))])
    const words = wordsFor(page).filter((word) => word !== 'next')
    const what =
      input.kind === 'choice'
        ? `a number from 1 to ${choices.length}`
        : input.kind === 'number'
          ? `a number${input.unit === '' ? '' : `, in ${input.unit}`}`
          : 'your answer in one line'
    const line = await dialogue.ask(shown(`${what} (or ${list(words)}): `, options))
    if (line === null) return 'quit'
    const word = readWord(line, words)
    if (word) return act(word.word, word.rest)
    const value = input.kind === 'choice' ? optionIn(line, choices) : line.trim()
    if (value === undefined || value === '') {
      say(line.trim() === '' ? 'Nothing was written.' : `“${line.trim()}” is none of them.`)
      return null
    }
    const problem = input.kind === 'number' ? problemWithNumber(value) : null
    if (problem !== null) {
      say(problem)
      return null
    }
    await perform({ type: 'answer', question: key, value })
    again = again.filter((each) => each !== key)
    return null
  }

  async function wordAt(page: StepPage): Promise<Word | null> {
    const words = wordsFor(page)
    say('', page.next)
    const line = await dialogue.ask(`${list(words)}: `)
    if (line === null) return 'quit'
    const read = readWord(line, words)
    if (read) return act(read.word, read.rest)
    if (line.trim() !== '') say(`“${line.trim()}” is not understood here. The words are ${list(words)}.`)
    return null
  }

  async function act(word: Word, rest: string): Promise<Word> {
    switch (word) {
      case 'next':
      case 'run':
      case 'check':
      case 'hint':
      case 'back':
        await perform({ type: word })
        return word
      case 'solution':
        return sure('The solution is written over your files.', { type: 'skip' }, word)
      case 'reset':
        return sure('What you changed in the files of this step goes.', { type: 'reset' }, word)
      case 'commit':
        await commit()
        return word
      case 'go':
        await perform({ type: 'go', step: session.lab.steps[Number(rest) - 1]?.id ?? rest })
        return word
      case 'steps':
        print(stepLines())
        return word
      case 't':
        await tryOut(rest)
        return word
      case 'more':
        print(moreLines(session.page().more, options))
        return word
      case 'end':
        await end()
        return word
      case 'page':
        print(openingLines(session.page(), options))
        return word
      case 'report':
        say(`Your report: ${await saveReport()}`)
        return word
      case 'help':
        say(...wordsFor(session.page()).map((each) => `${each}: ${meaningOf(each)}`))
        return word
      case 'change':
      case 'quit':
        return word
      default:
        return word satisfies never
    }
  }

  async function tryOut(text: string): Promise<void> {
    if (text === '') say(tryHelp(await session.clients()))
    const line = text === '' ? ((await dialogue.ask('the request: ')) ?? '') : text
    if (line.trim() !== '') await perform({ type: 'try', text: line })
  }

  async function end(): Promise<void> {
    const pages = session.lab.steps.map(({ id }) => session.page(id))
    print(['', ...endingLines(await session.ending(), pages, options), ''])
    say(`Your report: ${await saveReport()}`)
    const next = labAfter(await labs(), session.lab.id)
    if (next) say(`The next lab is ${next.number}, ${next.title}: ${asTyped(`edgelab lab ${next.number} --plain`)}`)
  }

  async function sure(what: string, action: Action, word: Word): Promise<Word> {
    const line = await dialogue.ask(`${what} Write yes to do it: `)
    if (line === null) return 'quit'
    if (line.trim().toLowerCase() === 'yes') await perform(action)
    else say('Nothing was changed.')
    return word
  }

  async function commit(): Promise<void> {
    if (session.page().confidence === null) return perform({ type: 'commit' })
    print([
      '',
      ...wrapped('How sure are you?', options),
      ...confidences.flatMap((each, at) => numbered(at, confidenceWords[each])),
    ])
    const line = ((await dialogue.ask('a number from 1 to 3: ')) ?? '').trim().toLowerCase()
    const confidence = confidences.find((each) => line === String(each) || line === confidenceWords[each])
    await perform(confidence === undefined ? { type: 'commit' } : { type: 'commit', confidence })
  }

  function numbered(at: number, label: string): string[] {
    return wrapped(shown(`${at + 1}. ${label}`, options), options, 2)
  }

  function stepLines(): string[] {
    const { progress } = session.state()
    return session.lab.steps.flatMap(({ id, title, type }, at) => {
      const here = id === session.page().id ? ', you are here' : ''
      const state = stepProgress(progress, id).done
        ? 'done'
        : isReached(session.lab, progress, id)
          ? 'open'
          : 'not reached yet'
      return numbered(at, `${title} (${stepWords[type]}, ${state}${here})`)
    })
  }
}

/** By number, by its id, or by what it says. */
function optionIn(
  line: string,
  options: readonly { readonly id: string; readonly label: string }[],
): string | undefined {
  const text = line.trim().toLowerCase()
  const named = options.find(({ id, label }) => id === text || label.toLowerCase() === text)
  return (named ?? options[Number(text) - 1])?.id
}

function list(words: readonly Word[]): string {
  return words.join(', ')
}
