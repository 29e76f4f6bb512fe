/** The questions that a decision is made from, and their answers, for every view that asks them. Pure. */

import { codes, operators, type Priorities } from '../../comparison/findings/choice/decision/priorities.ts'
import { type PolicyFeature, policyFeatures } from '../../policy/features/index.ts'
import { featureNouns } from '../../policy/features/titles.ts'
import { formatCount, formatMs } from '../../units.ts'

/** What somebody begins with who has answered nothing yet. */
export const firstPriorities: Priorities = {
  title: 'The edge',
  must: ['routes'],
  nice: [],
  requestsPerMonth: 10e6,
  operatedBy: 'either',
  ownCode: 'scripts',
}

/** One line of a form: what is asked, the answers there are, and which one is given. */
export interface Question {
  readonly asked: string
  readonly answers: readonly Answer[]
  /** Index of the answer that is given; -1 where it is none of these. */
  readonly given: number
  readonly givenWords: string
}

export interface Answer {
  readonly words: string
  /** The priorities with this answer. */
  readonly taken: Priorities
}

export function questionsOf(priorities: Priorities): readonly Question[] {
  return [
    ...policyFeatures.map((feature) => wishOf(feature, priorities)),
    requestsOf(priorities),
    question('Who may run it?', priorities, 'operatedBy', operators, operatorWords),
    question('How much code of your own do you keep?', priorities, 'ownCode', codes, codeWords),
    latencyOf(priorities),
  ]
}

/** The priorities with the next answer to a question, or the one before. */
export function turned({ answers, given }: Question, by: 1 | -1): Priorities {
  const from = given === -1 && by === -1 ? 0 : given
  return answers[(from + by + answers.length) % answers.length]!.taken
}

const operatorWords = {
  us: 'we do',
  vendor: 'a vendor, as a service',
  either: 'whoever does it for less',
} as const
const codeWords = { none: 'none', scripts: 'scripts in a product', programs: 'whole programs' } as const

function wishOf(feature: PolicyFeature, priorities: Priorities): Question {
  const { must, nice } = priorities
  const without = (all: readonly PolicyFeature[]) => all.filter((each) => each !== feature)
  const inOrder = (all: readonly PolicyFeature[]) => policyFeatures.filter((each) => all.includes(each))
  return {
    asked: featureNouns[feature],
    answers: [
      { words: 'not needed', taken: { ...priorities, must: without(must), nice: without(nice) } },
      { words: 'nice to have', taken: { ...priorities, must: without(must), nice: inOrder([...nice, feature]) } },
      { words: 'must', taken: { ...priorities, must: inOrder([...must, feature]), nice: without(nice) } },
    ],
    given: must.includes(feature) ? 2 : nice.includes(feature) ? 1 : 0,
    givenWords: must.includes(feature) ? 'must' : nice.includes(feature) ? 'nice to have' : 'not needed',
  }
}

const counts = [1e6, 5e6, 10e6, 50e6, 100e6, 500e6, 1e9, 10e9]

function requestsOf(priorities: Priorities): Question {
  return {
    asked: 'Requests a month',
    answers: counts.map((requestsPerMonth) => ({
      words: formatCount(requestsPerMonth),
      taken: { ...priorities, requestsPerMonth },
    })),
    given: counts.indexOf(priorities.requestsPerMonth),
    givenWords: formatCount(priorities.requestsPerMonth),
  }
}

const bounds = [undefined, 0.5, 1, 2, 5, 10]

function latencyOf({ addedLatencyMs, ...others }: Priorities): Question {
  const words = (ms: number | undefined) => (ms === undefined ? 'it does not matter' : formatMs(ms))
  return {
    asked: 'How much may it add to the median answer?',
    answers: bounds.map((ms) => ({
      words: words(ms),
      taken: ms === undefined ? others : { ...others, addedLatencyMs: ms },
    })),
    given: bounds.indexOf(addedLatencyMs),
    givenWords: words(addedLatencyMs),
  }
}

function question<Key extends 'operatedBy' | 'ownCode'>(
  asked: string,
  priorities: Priorities,
  key: Key,
  values: readonly Priorities[Key][],
  words: Readonly<Record<Priorities[Key], string>>,
): Question {
  return {
    asked,
    answers: values.map((value) => ({ words: words[value], taken: { ...priorities, [key]: value } })),
    given: values.indexOf(priorities[key]),
    givenWords: words[priorities[key]],
  }
}
