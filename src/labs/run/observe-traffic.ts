/** A run step with the scenario's own traffic: a real experiment, its findings and figures by role. */

import { randomBytes } from 'node:crypto'
import type { Finding } from '../../comparison/finding.ts'
import { drawFindings } from '../../comparison/findings/index.ts'
import { usualEffort } from '../../experiment/asked.ts'
import { requireDescriptors } from '../../experiment/descriptors.ts'
import type { ExperimentEvent } from '../../experiment/events.ts'
import { runExperiment } from '../../experiment/experiment.ts'
import type { RoundRecord, RunRecord } from '../../measurement/run-record.ts'
import { version } from '../../package-root.ts'
import { fromCacheWords, type Name } from '../../policy/policy.ts'
import { describeHost } from '../../runtime/machine/host.ts'
import { openRuntime } from '../../runtime/open.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { systems } from '../../systems/index.ts'
import { formatNumber } from '../../units.ts'
import { mistakeOfStart } from '../checks/file-mistake.ts'
import type { AnswerCounts, Observation, RoleObservation } from '../progress/observation.ts'
import { absent, countsOf, originOf } from '../progress/observed-answers.ts'
import type { Overlay } from './native-overlay.ts'
import { type AssignedRole, adaptOf, assignedRole, readRoleFiles } from './role.ts'
import type { RunOptions } from './run-options.ts'

/** Throws EdgeLabError. Everything that was started is stopped in any case. */
export async function observeTraffic(
  { lab, step, cast, workspace, seed, signal, line, round }: RunOptions,
  scenario: Scenario,
): Promise<Pick<Observation, 'roles' | 'findings'>> {
  const assigned = step.through.map((role) => assignedRole(lab, cast, role))
  const read = await Promise.all(
    assigned.map(async (role) => ({ role, files: await readRoleFiles(role, workspace, scenario) })),
  )
  const mistaken = read.flatMap(({ role, files }): [Name, RoleObservation][] =>
    'mistake' in files ? [[role.role, absent(role, files.mistake.difference)]] : [],
  )
  const started = read.flatMap(({ role, files }) =>
    'overlay' in files && role.system !== 'direct'
      ? [{ system: systems[role.system], label: role.label, adapt: adaptOf(files.overlay) }]
      : [],
  )
  const id = `lab-${lab.id}-${randomBytes(3).toString('hex')}`
  requireDescriptors(cast.runtime, [scenario], started.length)
  const runtime = await openRuntime(cast.runtime, { runId: id, signal })
  try {
    const header = {
      quick: false,
      id,
      edgelab: version,
      startedAt: new Date().toISOString(),
      seed,
      command: `edgelab lab ${lab.id}`,
      runtime: cast.runtime,
      runtimeReason: cast.reason,
      host: await describeHost(),
    }
    // What two identical systems differ by, where figures of time and CPU are shown.
    const direct = { system: systems.direct }
    const isFloored = step.show.some((show) => show.kind === 'finding' && ['latency', 'cpu'].includes(show.finding))
    const plan = {
      scenarios: [scenario],
      systems: isFloored ? [direct, direct, ...started] : started,
      availability: {},
      asked: { ...usualEffort.default, rounds: step.rounds },
      seed,
      header,
      ...(round && { round }),
    }
    const emit = (event: ExperimentEvent): void => {
      const text = lineOf(event)
      if (text !== undefined) line(text)
    }
    const record = await runExperiment(plan, runtime, emit, signal)
    signal.throwIfAborted()
    const findings = drawFindings(record)
    const seen = read.map(({ role, files }) => {
      const overlay = 'overlay' in files ? files.overlay : null
      return [role.role, observationOf(role, overlay, record, findings)] as const
    })
    const wanted = step.show.flatMap((show) => (show.kind === 'finding' ? [show.finding] : []))
    return {
      roles: { ...Object.fromEntries(seen), ...Object.fromEntries(mistaken) },
      findings: findings.filter((finding) => wanted.includes(finding.id)),
    }
  } finally {
    await runtime.close()
  }
}

function observationOf(
  role: AssignedRole,
  overlay: Overlay | null,
  { scenarios }: RunRecord,
  findings: readonly Finding[],
): RoleObservation {
  const [measured] = scenarios
  const subject = measured?.subjects.find(({ label }) => label === role.label)
  if (!measured || !subject) return absent(role, 'it was not measured')
  if (subject.state !== 'measured') {
    const { reason, logTail } = subject
    return absent(role, overlay ? mistakeOfStart(reason, logTail, overlay).difference : reason)
  }
  const rounds = measured.rounds.filter(({ label }) => label === role.label)
  const metrics = findings.flatMap(({ id, metrics }): [string, Readonly<Record<string, number>>][] => {
    const own = metrics[role.label]
    const figures = Object.entries(own ?? {}).filter(([, value]) => Number.isFinite(value))
    return figures.length > 0 ? [[id, Object.fromEntries(figures)]] : []
  })
  return {
    label: role.label,
    system: role.system,
    version: subject.version,
    problem: '',
    answers: {},
    counts: countsByClient(measured.scenario, rounds),
    origin: originOf(rounds.flatMap(({ origins }) => origins)),
    metrics: Object.fromEntries(metrics),
  }
}

/** Over all rounds, warm-up left out. Requests without an answer are in no client's count. */
function countsByClient(scenario: Scenario, rounds: readonly RoundRecord[]): Readonly<Record<Name, AnswerCounts>> {
  const warmUp = scenario.traffic.filter(({ measured }) => !measured).map(({ phase }) => phase)
  const series = rounds
    .flatMap(({ seconds }) => seconds.flatMap((second) => second.series))
    .filter(({ phase }) => !warmUp.includes(phase))
  const byClient = Object.keys(scenario.clients).map((client) => {
    const own = series.filter((each) => each.client === client)
    const cached = own.filter(({ cache }) => fromCacheWords.includes(cache))
    return [
      client,
      countsOf(
        own,
        cached.reduce((sum, { count }) => sum + count, 0),
      ),
    ] as const
  })
  return Object.fromEntries(byClient)
}

/** The events of a run that are shown as a line. */
function lineOf(event: ExperimentEvent): string | undefined {
  switch (event.type) {
    case 'subject-starting':
      return `${event.label}: starting`
    case 'subject-ready':
      return event.version === null ? undefined : `${event.label}: ready (${event.version})`
    case 'subject-failed':
    case 'subject-unavailable':
      return `${event.label}: ${event.reason}`
    case 'round-finished': {
      const { index, label, sent, origins } = event.round
      const reached = origins.reduce((sum, { requests }) => sum + requests, 0)
      return `Round ${index + 1} of ${event.of} through ${label}: ${formatNumber(sent)} sent, the origin saw ${formatNumber(reached)}`
    }
    case 'run-started':
    case 'scenario-started':
    case 'probe-finished':
    case 'round-started':
    case 'frame':
    case 'scenario-finished':
    case 'run-finished':
      return undefined
  }
}
