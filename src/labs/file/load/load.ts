/** A lab's folder → a lab, or every mistake in it at once. */

import { basename, join, resolve } from 'node:path'
import { EdgeLabError, type Problem } from '../../../errors.ts'
import type { KeyPath } from '../../../mistakes/inspect.ts'
import { suggestion } from '../../../mistakes/words.ts'
import { makeKey } from '../../../scenario/keys.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { readPlainFiles } from '../../../systems/own-configuration/plain-files.ts'
import { readPlainText } from '../../../text-file.ts'
import { badInput, openYaml } from '../../../yaml-file.ts'
import { type LabInput, labInput } from '../input/input.ts'
import type { Lab, Option, Question, QuizQuestion, Step } from '../lab.ts'
import { loadLabScenario } from '../lab-scenario.ts'
import { type LabParts, partsOf, placed, type Say } from './parts.ts'
import { checkReferences } from './references.ts'
import { beside, checkPorts, checkText, checkWords, resolveText } from './texts.ts'

/** `01-one-hop`: its number in the course, and its id. */
const folderName = /^(\d{2})-([a-z][a-z0-9-]{0,39})$/

/**
 * Throws EdgeLabError `badInput` with every problem that can be found, located, those of its scenario files included.
 */
export async function loadLab(folder: string): Promise<Lab> {
  const file = join(folder, 'lab.yaml')
  const text = await readPlainText(file).catch((cause: Error) => {
    throw badInput(file, [{ file, path: '', message: `it cannot be read: ${cause.message}` }])
  })
  const yaml = openYaml(text, file)
  const input = yaml.read(labInput)
  const { files: texts, refused } = await readPlainFiles(resolve(folder)).catch((cause: Error) => {
    throw badInput(file, [{ file: folder, path: '', message: `it cannot be read: ${cause.message}` }])
  })
  const files = new Map(texts.map(({ path, text }) => [path, text]))
  const elsewhere: Problem[] = refused.map(({ path, message }) => ({ file: beside(file, path), path: '', message }))
  const say: Say = Object.assign(yaml.add, { at: (problem: Problem) => void elsewhere.push(problem) })
  const partial = partsOf(yaml.value)
  const parts: LabParts = { ...partial, files, scenarios: loadScenarios(partial, files, file, say) }
  checkReferences(parts, say)
  checkTexts(parts, file, say)
  checkPorts(parts, file, say)
  const named = folderName.exec(basename(resolve(folder)))
  if (!named) say([], `the folder of a lab is called 01-one-hop: a number of two digits and a name`)
  const problems = unique([...yaml.problems, ...elsewhere])
  if (problems.length > 0 || !input) throw badInput(file, problems)
  return toLab(input, files, { number: Number(named![1]), id: named![2]!, folder: resolve(folder) })
}

/** The scenario files that steps name, as they are and as solutions change them. */
function loadScenarios(
  { steps }: Pick<LabParts, 'steps'>,
  files: ReadonlyMap<string, string>,
  labFile: string,
  say: Say,
): LabParts['scenarios'] {
  const scenarios = new Map<string, Scenario | undefined>()
  for (const { step, path } of steps) {
    if ((step?.type !== 'run' && step?.type !== 'task') || step.scenario === '') continue
    const found = read(`files/${step.scenario}`)
    if (found === 'missing') {
      const known = [...files.keys()].filter((each) => /^files\/.*\.ya?ml$/.test(each)).map((each) => each.slice(6))
      say([...path, 'scenario'], `there is no file files/${step.scenario}${suggestion(step.scenario, known)}`)
    } else scenarios.set(step.scenario, found)
    if (step.type === 'task') read(`${step.solution}/${step.scenario}`)
  }
  return scenarios

  function read(path: string): Scenario | undefined | 'missing' {
    const text = files.get(path)
    if (text === undefined) return 'missing'
    try {
      return loadLabScenario(text, beside(labFile, path), makeKey)
    } catch (error) {
      if (!(error instanceof EdgeLabError)) throw error
      for (const problem of error.problems) say.at(problem)
      return undefined
    }
  }
}

/** Every text that a learner reads, wherever it stands. */
function checkTexts(parts: LabParts, labFile: string, say: Say): void {
  const text = (path: KeyPath, written: string): void => checkText(parts, path, written, labFile, say)
  const words = (path: KeyPath, written: string): void => checkWords(parts, path, written, say)
  for (const { step, path } of parts.steps) {
    if (!step) continue
    words([...path, 'title'], step.title)
    text([...path, 'text'], step.text)
    if (step.type === 'explain') {
      text([...path, 'model'], step.model)
      words([...path, 'prompt'], step.prompt)
      words([...path, 'otherwise'], step.otherwise)
      for (const [n, outcome] of placed(step.outcomes)) words([...path, 'outcomes', n, 'say'], outcome.say)
    }
    if (step.type === 'task') {
      for (const [n, hint] of placed(step.hints)) text([...path, 'hints', n, 'text'], hint.text)
      for (const [n, rule] of placed(step.failWhen)) words([...path, 'failWhen', n, 'say'], rule.say)
      for (const [n, { describe }] of placed(step.checks)) words([...path, 'checks', n, 'describe'], describe)
    }
    if (step.type !== 'predict' && step.type !== 'observe' && step.type !== 'quiz') continue
    for (const [n, question] of placed<Question | QuizQuestion>(step.questions)) {
      const at = [...path, 'questions', n]
      words([...at, 'ask'], question.ask)
      for (const [o, option] of optionsOf(question).entries()) {
        words([...at, 'options', o, 'label'], option.label)
        if ('why' in option) words([...at, 'options', o, 'why'], option.why)
      }
    }
  }
}

function optionsOf(question: Question | QuizQuestion): readonly (Option | QuizQuestion['options'][number])[] {
  if ('options' in question) return question.options
  return question.input.kind === 'number' ? [] : question.input.options
}

/** Two steps may name one broken file. */
function unique(problems: readonly Problem[]): readonly Problem[] {
  const all = problems.map((problem) => [JSON.stringify(problem), problem] as const)
  return [...new Map(all).values()]
}

function toLab(
  { roles, steps, formatVersion: _, ...rest }: LabInput,
  files: ReadonlyMap<string, string>,
  named: Pick<Lab, 'number' | 'id' | 'folder'>,
): Lab {
  const text = (written: string): string => resolveText(written, files)!
  const resolved = (step: Step): Step => {
    if (step.type === 'explain') return { ...step, text: text(step.text), model: text(step.model) }
    if (step.type !== 'task') return { ...step, text: text(step.text) }
    const hints = step.hints.map((hint) => ({ ...hint, text: text(hint.text) }))
    return { ...step, text: text(step.text), hints }
  }
  return {
    ...named,
    ...rest,
    roles: Object.entries(roles).map(([name, role]) => ({ name, ...role })),
    steps: steps.map(resolved),
  }
}
