/** The decision and what follows from it, in sentences: they claim what the run showed, and say where it is silent. */
import { emulatedWords } from '../../../../measurement/emulated.ts'
import type { RunRecord } from '../../../../measurement/run-record.ts'
import { featureNouns } from '../../../../policy/features/titles.ts'
import { few, list, nouns } from '../../../blocks.ts'
import { totalOf } from '../managed-cost/money.ts'
import type { Decision } from './decide.ts'
import type { Option } from './options.ts'

export function decisionSentences(decision: Decision): readonly string[] {
  const { chosen, equals, cheaperEmulated, options } = decision
  const open = options.filter(({ standing }) => standing === 'open').map(({ system }) => system)
  return [
    chosen ? choice(decision, chosen) : noChoice(decision),
    ...(equals.length > 0
      ? [
          `${few(equals.map(({ system }) => system))} ${equals.length === 1 ? 'does' : 'do'} as much for as much; none of them has fewer lines to keep than ${chosen!.system}.`,
        ]
      : []),
    ...(cheaperEmulated ? [emulatedSentence(cheaperEmulated, chosen)] : []),
    ...(open.length > 0 ? [`Not decided about, because this run does not tell: ${list(open)}.`] : []),
  ]
}

function choice({ priorities }: Decision, { system, price, extras }: Option): string {
  const also = extras.length > 0 ? `, and ${nouns(extras)} besides` : ''
  return `${system}: the cheapest that was shown to do all that has to be done (${nouns(priorities.must)})${also}, for ${totalOf(price!.bill)} a month: ${price!.what}.`
}

function noChoice({ priorities }: Decision): string {
  return `No decision: no system was shown to do all that has to be done (${nouns(priorities.must)}) within the priorities.`
}

function emulatedSentence({ system, price }: Option, chosen: Option | undefined): string {
  const than = chosen ? ` less than ${chosen.system}` : ''
  return `By its documents and price list ${system} would do it for ${totalOf(price!.bill)} a month (${price!.what})${than === '' ? '' : `, which is${than}`}. It is ${emulatedWords}: try it on a deployment of yours (edgelab export aws, edgelab run --target) before you rely on it.`
}

export function consequencesOf({ scenarios }: RunRecord, { chosen, priorities }: Decision): readonly string[] {
  if (!chosen) return ['Without a decision there is nothing to follow from it: see what is out and what is open above.']
  const { system, lines, kind, features } = chosen
  const lacked = priorities.nice.filter((feature) => features[feature].standing !== 'shown')
  const script = lines && lines.script > 0 ? ` and ${lines.script} of code` : ''
  return [
    ...(lines
      ? [`There are about ${lines.config} lines of configuration${script} to keep, at most for one scenario.`]
      : []),
    ...(kind === 'managed' ? [] : ['It is yours to run: to watch, to update, and to be woken for.']),
    ...lacked.map((feature) =>
      features[feature].standing === 'none'
        ? `${system} has no ${featureNouns[feature]}, which would be nice to have.`
        : `That ${system} does ${featureNouns[feature]} was not shown in this run.`,
    ),
    ...approximations(),
  ]

  /** What it does otherwise than the policy says, once each. */
  function approximations(): readonly string[] {
    const asked: readonly string[] = [...priorities.must, ...priorities.nice]
    const all = scenarios
      .flatMap(({ subjects }) => subjects.filter((subject) => subject.system === system))
      .flatMap(({ native }) => native.fidelity)
      .filter(({ level, feature }) => asked.includes(feature) && (level === 'approximated' || level === 'impossible'))
      .map(({ line, level, how }) => `${line}: ${level}. ${how}`)
    return [...new Set(all)]
  }
}
