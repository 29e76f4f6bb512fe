/**
 * Answers for a whole lab in one YAML file, so that it can be gone through without asking: by a script, by a teacher who
 * prepares a session. Step → answers; a task → `solution`, or the texts of its files.
 */

import type { KeyPath } from '../../mistakes/inspect.ts'
import { suggestion } from '../../mistakes/words.ts'
import type { Name } from '../../policy/policy.ts'
import { badInput, openYaml, type YamlFile } from '../../yaml-file.ts'
import type { Lab, Step, TaskStep } from '../file/lab.ts'
import { type Confidence, confidenceWords } from '../progress/progress.ts'
import { type Asked, problemWith, questionsOf } from './questions.ts'

export interface StepAnswers {
  /** Key of the question → value. */
  readonly answers: Readonly<Record<string, string>>
  readonly confidence: Confidence | null
  /** Of a task: the solution, or texts by file; null for other steps. */
  readonly task: 'solution' | Readonly<Record<string, string>> | null
}

export type AnswerFile = Readonly<Record<Name, StepAnswers>>

/**
 * Every step that asks something, up to the step `until`, must have its answers:
 *
 *     guess: { status: { proxy: ok, gateway: no }, seen: 3, confidence: fairly }
 *     why: It counts for each consumer.
 *     fix: solution                                  # or { scenario.yaml: <text> }
 *
 * Throws EdgeLabError `badInput` with every mistake.
 */
export function readAnswers(text: string, file: string, lab: Lab, until?: Name): AnswerFile {
  const yaml = openYaml(text, file)
  const value = isRecord(yaml.value) ? yaml.value : {}
  if (!isRecord(yaml.value) && yaml.problems.length === 0)
    yaml.add([], 'write one line for each step: its id and the answers')
  const asking = lab.steps.filter((step) => step.type === 'task' || questionsOf(step).length > 0)
  const ids = asking.map(({ id }) => id)
  for (const id of Object.keys(value)) {
    if (!ids.includes(id)) yaml.add([id], `no step that asks something has this id${suggestion(id, ids)}`)
  }
  const last = lab.steps.findIndex(({ id }) => id === until)
  const isBehind = (step: Step): boolean => last !== -1 && lab.steps.indexOf(step) > last
  const steps = asking.flatMap((step): (readonly [Name, StepAnswers])[] => {
    const given = value[step.id]
    if (given === undefined && isBehind(step)) return []
    if (given === undefined) {
      yaml.add([], `the answers of the step “${step.id}” are missing`)
      return []
    }
    return [[step.id, step.type === 'task' ? readTask(yaml, step, given) : readStep(yaml, step, given)]]
  })
  if (yaml.problems.length > 0) throw badInput(file, yaml.problems)
  return Object.fromEntries(steps)
}

function readTask(yaml: YamlFile, step: TaskStep, given: unknown): StepAnswers {
  const none = { answers: {}, confidence: null }
  if (given === 'solution') return { ...none, task: 'solution' }
  if (!isRecord(given)) {
    yaml.add([step.id], 'write solution, or the text of each file that is edited')
    return { ...none, task: {} }
  }
  const files = Object.entries(given).flatMap(([path, text]): (readonly [string, string])[] => {
    if (!step.edit.includes(path))
      yaml.add([step.id, path], `this file is not edited here${suggestion(path, step.edit)}`)
    else if (typeof text !== 'string') yaml.add([step.id, path], 'the text of a file is missing')
    else return [[path, text]]
    return []
  })
  return { ...none, task: Object.fromEntries(files) }
}

function readStep(yaml: YamlFile, step: Step, given: unknown): StepAnswers {
  const asked = questionsOf(step)
  // The one question of an explain step needs no name.
  const values = step.type === 'explain' && !isRecord(given) ? { [asked[0]!.key]: given } : given
  const wantsConfidence = step.type === 'predict' && step.confidence
  if (!isRecord(values)) {
    yaml.add([step.id], `write an answer for each of ${asked.map(({ key }) => key).join(', ')}`)
    return { answers: {}, confidence: null, task: null }
  }
  const known = [...asked.map(({ key }) => key.split('.')[0]!), ...(wantsConfidence ? ['confidence'] : [])]
  for (const key of Object.keys(values)) {
    if (!known.includes(key)) yaml.add([step.id, key], `this is not asked here${suggestion(key, known)}`)
  }
  const answers = asked.flatMap((each): (readonly [string, string])[] => {
    const answer = readAnswer(yaml, step, each, values)
    return answer === undefined ? [] : [[each.key, answer]]
  })
  const confidence = wantsConfidence ? readConfidence(yaml, step, values) : null
  return { answers: Object.fromEntries(answers), confidence, task: null }
}

function readAnswer(yaml: YamlFile, step: Step, asked: Asked, values: Record<string, unknown>): string | undefined {
  const path: KeyPath = [step.id, ...asked.key.split('.')]
  const given = path.slice(1).reduce<unknown>((at, key) => (isRecord(at) ? at[String(key)] : undefined), values)
  if (given === undefined || given === null || typeof given === 'object') {
    yaml.add(path, `“${asked.ask}” is not answered`)
    return undefined
  }
  const problem = problemWith(asked, String(given))
  if (problem !== null) yaml.add(path, problem)
  return String(given)
}

function readConfidence(yaml: YamlFile, step: Step, { confidence }: Record<string, unknown>): Confidence | null {
  const found = Object.entries(confidenceWords).find(([, word]) => word === confidence)
  if (found) return Number(found[0]) as Confidence
  yaml.add([step.id, 'confidence'], `how sure you are: ${Object.values(confidenceWords).join(', ')}`)
  return null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
