/** A run from choice to report: choose the runtime, run, save, find. What shows it meanwhile is the caller's. */

import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { drawFindings } from '../../comparison/findings/index.ts'
import { isFailure, judge } from '../../comparison/judge.ts'
import { EdgeLabError, type ExitCode, exitCodes } from '../../errors.ts'
import type { Asked } from '../../experiment/asked.ts'
import { requireDescriptors } from '../../experiment/descriptors.ts'
import type { Emit } from '../../experiment/events.ts'
import { expectedMs, plannedOf } from '../../experiment/expected-time.ts'
import { runExperiment } from '../../experiment/experiment.ts'
import type { SystemChoice } from '../../experiment/systems-under-test.ts'
import { ensureWritable, loadRecord, saveRecord } from '../../measurement/store/store.ts'
import { version } from '../../package-root.ts'
import { type Choice, chooseRuntime } from '../../runtime/choose.ts'
import { describeHost } from '../../runtime/machine/host.ts'
import { openRuntime } from '../../runtime/open.ts'
import type { RuntimeKind } from '../../runtime/topology.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { shortened } from '../../scenario/schedule/shortened.ts'
import { launches, systems as registry, type SystemId, systemIds } from '../../systems/index.ts'
import { withReadersFiles } from '../../systems/own-configuration/readers-files.ts'
import { usualCandidates, usualSystems } from '../../systems/usual.ts'
import { word } from '../../views/evidence/curl.ts'
import type { ReportModel } from '../../views/model.ts'
import { effortOptions } from './effort-flags.ts'
import type { OwnConfiguration } from './own-configurations.ts'
import { saveReport } from './report/save-report.ts'
import type { Targets } from './targets/targets.ts'

export interface RunOptions {
  /** Absent: the usual ones, and those that have a configuration of the reader's own. */
  readonly systems?: readonly SystemId[]
  readonly runtime: 'auto' | RuntimeKind
  readonly asked: Asked
  /** Every system that runs here, where `systems` is absent. */
  readonly all?: boolean
  readonly seed?: number
  readonly out?: string
  readonly ports?: number
  /** The reader's own configuration files, one entry a system; those of the others are compiled from the policy. */
  readonly own?: readonly OwnConfiguration[]
  /** What runs already and takes part; and where the origins listen, where that has to be known beforehand. */
  readonly targets?: Targets
  /** How it was called, without options. */
  readonly command: string
}

/** Who watches and who may stop it. */
export interface RunObserver {
  readonly emit: Emit
  /** A progress message that is no event, such as pulling an image or stopping. */
  readonly note: (line: string) => void
  readonly signal: AbortSignal
}

export interface MeasuredRun {
  readonly model: ReportModel
  readonly folder: string
  readonly record: string
  readonly report: string
  readonly exitCode: ExitCode
}

/** Throws EdgeLabError. Everything that was started is stopped in any case. */
export async function measure(
  scenarios: readonly Scenario[],
  options: RunOptions,
  observer: RunObserver,
): Promise<MeasuredRun> {
  const startedAt = new Date()
  const id = `${startedAt.toISOString().slice(0, 16).replace('T', '-').replace(':', '')}-${randomBytes(2).toString('hex')}`
  const folder = resolve(options.out ?? join('reports', id))
  const unmake = await ensureWritable(folder)
  // A second Ctrl-C ends the process where it stands.
  process.once('exit', unmake)
  try {
    const offered = options.asked.effort === 'quick' ? scenarios.map(shortened) : scenarios
    return await measureInto(folder, { id, startedAt }, offered, options, observer)
  } finally {
    process.off('exit', unmake)
    unmake()
  }
}

async function measureInto(
  folder: string,
  { id, startedAt }: { readonly id: string; readonly startedAt: Date },
  scenarios: readonly Scenario[],
  options: RunOptions,
  { emit, note, signal }: RunObserver,
): Promise<MeasuredRun> {
  const { asked, seed = 1 } = options
  const configured = options.own?.map(({ system }) => system) ?? []
  const candidates = options.all ? systemIds : usualCandidates
  const launched = launches(options.systems ?? [...candidates, ...configured])
  const chosen = await runtimeFor(options, launched, note)
  const runsHere = (id: SystemId): boolean => chosen.availability[id]?.available !== false
  const proposed = options.all ? systemIds.filter(runsHere) : usualSystems(runsHere)
  const systems = options.systems ?? [...new Set([...proposed, ...configured])]
  if (!options.systems) for (const line of absentOf(candidates, chosen.availability, systems)) note(line)
  const wanted = systems.filter(runsHere)
  const targets = options.targets?.choices ?? []
  if (wanted.length === 0 && targets.length === 0) {
    const why = systems.map((id) => {
      const availability = chosen.availability[id]
      return availability?.available === false ? `${id}: ${availability.reason} (${availability.remedy})` : id
    })
    throw new EdgeLabError('nothingRuns', { why: why.join('; ') })
  }
  requireDescriptors(chosen.kind, scenarios, launched.filter(({ id }) => wanted.includes(id)).length)
  const planned = scenarios.map((each) => plannedOf(each, asked, wanted.length + targets.length))
  const runtime = await openRuntime(chosen.kind, {
    runId: id,
    signal,
    ...(options.ports === undefined ? {} : { firstPort: options.ports }),
  })
  try {
    emit({
      type: 'run-started',
      run: id,
      runtime: chosen.kind,
      reason: chosen.reason,
      seed,
      scenarios: planned,
      systems: [...systems, ...targets.map(({ label }) => label)],
      expectedMs: expectedMs(planned),
    })
    const header = {
      id,
      edgelab: version,
      startedAt: startedAt.toISOString(),
      quick: asked.effort === 'quick',
      seed,
      command: commandOf({ ...options, systems }, seed),
      runtime: chosen.kind,
      runtimeReason: chosen.reason,
      host: await describeHost(),
    }
    const { originsFrom } = options.targets ?? {}
    const plan = {
      scenarios,
      systems: [...choicesOf({ ...options, systems }), ...targets],
      availability: chosen.availability,
      asked,
      seed,
      header,
      ...(originsFrom ? { originsFrom } : {}),
    }
    const measured = await runExperiment(plan, runtime, emit, signal)
    // The screen is given back before anything slow: what was started is removed first.
    await runtime.close()
    const anything = measured.scenarios.some(({ rounds }) => rounds.length > 0)
    if (measured.partial && !anything) throw new EdgeLabError('interrupted')
    const recordFile = await saveRecord(folder, measured)
    // Read back: the report of the run is made from what a later `edgelab report` will find, and from nothing else.
    const record = await loadRecord(recordFile)
    const findings = drawFindings(record)
    const model = { record, findings, judgements: judge(record, findings) }
    const report = await saveReport(folder, model)
    const failed = isFailure(model.judgements)
    const exitCode = record.partial ? exitCodes.interrupted : failed ? exitCodes.failed : exitCodes.done
    return { model, folder, record: recordFile, report, exitCode }
  } finally {
    await runtime.close()
  }
}

type Chosen = RunOptions & Required<Pick<RunOptions, 'systems'>>

/** Of these systems, those that cannot run here, and what would change that. */
function absentOf(
  candidates: readonly SystemId[],
  availability: Choice['availability'],
  taking: readonly SystemId[],
): readonly string[] {
  return candidates.flatMap((id) => {
    const here = availability[id]
    if (!here || here.available || taking.includes(id)) return []
    return [`${id} takes no part: ${here.reason}. ${here.remedy} changes that.`]
  })
}

/** Origins that somebody outside has to find are within reach as processes only. */
async function runtimeFor(
  { runtime, targets }: RunOptions,
  launched: Parameters<typeof chooseRuntime>[1],
  note: RunObserver['note'],
): ReturnType<typeof chooseRuntime> {
  if (runtime !== 'auto' || !targets?.originsFrom) return chooseRuntime(runtime, launched, note)
  const chosen = await chooseRuntime('processes', launched, note)
  return { ...chosen, reason: 'the origins have to be within reach from outside' }
}

/** A system named twice runs with the reader's files once, and once with what the policy compiles to. */
function choicesOf({ systems, own = [] }: Chosen): readonly SystemChoice[] {
  return systems.map((id, index) => {
    const files = systems.indexOf(id) === index ? own.find(({ system }) => system === id)?.files : undefined
    const system = registry[id]
    return files ? { system, label: `${id}-own`, adapt: withReadersFiles(files) } : { system }
  })
}

function commandOf(options: Chosen, seed: number): string {
  const own = (options.own ?? []).map(({ system, path }) => ` --config ${word(`${system}=${path}`)}`).join('')
  return `${options.command} --systems ${options.systems.join(',')}${own}${options.targets?.options ?? ''} --runtime ${options.runtime}${effortOptions(options.asked)} --seed ${seed}`
}
