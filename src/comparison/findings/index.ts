/** Every finding of a run, verdict first. Pure: from the record alone, and always the same. */
import { emulatedWords, isEmulated, withoutEmulatedTimes } from '../../measurement/emulated.ts'
import type { RunRecord, ScenarioRecord } from '../../measurement/run-record.ts'
import { type Terms, usualTerms } from '../../prices/terms.ts'
import type { Declaration } from '../../systems/declarations.ts'
import { answersOf, whyWithheld } from '../answers.ts'
import { list, note } from '../blocks.ts'
import { doubtAbout, doubtfulRounds } from '../doubt.ts'
import type { Block, Finding } from '../finding.ts'
import { whyALook } from '../grade.ts'
import { offeredBy } from '../offered.ts'
import { measuredSystems } from '../rounds.ts'
import type { FindingModule, RunFinding, ScenarioFinding } from './module.ts'
import { findings } from './registry.ts'

/**
 * In the order of the registry, those of scenarios together where the first of them stands. `terms`: the prices that bills
 * are made from, EdgeLab's own where a reader has no others.
 */
export function drawFindings(recorded: RunRecord, terms: Terms = usualTerms): readonly Finding[] {
  const record = { ...recorded, scenarios: recorded.scenarios.map(withoutEmulatedTimes) }
  const all: readonly FindingModule[] = findings
  const ofScenario = all.filter((each) => each.of === 'scenario')
  const at = all.findIndex((each) => each.of === 'scenario')
  const ofRun = (some: readonly FindingModule[]): readonly Finding[] =>
    some.flatMap((each) => (each.of === 'run' && each.applies(record) ? [drawnOfRun(each, record)] : []))
  return [
    ...ofRun(all.slice(0, at)),
    ...record.scenarios
      .filter(({ rounds }) => rounds.length > 0)
      .flatMap((scenario) => drawnOfScenario(ofScenario, scenario, terms, record.declared)),
    ...ofRun(all.slice(at)),
  ]
}

function drawnOfRun(module: RunFinding, record: RunRecord): Finding {
  const { id, title, question } = module
  const { metrics, ...drawn } = module.draw(record)
  return {
    id,
    scenario: null,
    title,
    question,
    ...drawn,
    metrics: finiteOnly(metrics),
  }
}

/** What the scenario's own policy is about first, then what every scenario is asked. */
function drawnOfScenario(
  modules: readonly ScenarioFinding[],
  record: ScenarioRecord,
  terms: Terms,
  declared: readonly Declaration[],
): readonly Finding[] {
  const { scenario } = record
  const applying = modules.filter((each) => each.applies(scenario))
  const ordered = [...applying.filter(({ feature }) => feature !== null), ...applying.filter((each) => !each.feature)]
  const doubtful = doubtAbout(record, declared)
  const tentative = whyALook(record) !== undefined || doubtful !== undefined || doubtfulRounds(record).length > 0
  return ordered.map(({ id, title, question, draw, namesWithheld }) => {
    const { verdict, blocks, brief, metrics } = draw(record, terms, declared)
    return {
      id,
      scenario: scenario.id,
      title: `${title} · ${scenario.title}`,
      question,
      verdict,
      offered: offeredBy(record),
      ...(tentative ? { tentative } : {}),
      ...(doubtful === undefined ? {} : { doubtful }),
      ...(brief ? { brief } : {}),
      blocks: namesWithheld ? blocks : [...cautions(record), ...blocks],
      metrics: finiteOnly(metrics),
    }
  })
}

/** Without figures that are no numbers, such as a share of zero requests: expectations of them cannot be judged. */
function finiteOnly(metrics: Finding['metrics']): Finding['metrics'] {
  const figures = Object.entries(metrics).map(
    ([label, own]) =>
      [label, Object.fromEntries(Object.entries(own).filter(([, value]) => Number.isFinite(value)))] as const,
  )
  return Object.fromEntries(figures)
}

/** Where a system did not answer as expected, or its times are not its own, that is said before any figure. */
function cautions(scenario: ScenarioRecord): readonly Block[] {
  const reasons = measuredSystems(scenario).flatMap((subject) => {
    const why = whyWithheld(answersOf(scenario, subject))
    return why === undefined ? [] : [{ why, label: subject.label }]
  })
  return [
    ...[...Map.groupBy(reasons, ({ why }) => why)].map(([why, all]) =>
      note(`Read no figure of ${list(all.map(({ label }) => label))} as a success: ${why}.`, 'warning'),
    ),
    ...measuredSystems(scenario)
      .filter(isEmulated)
      .map(({ label }) => note(`${label} is ${emulatedWords}.`)),
  ]
}
