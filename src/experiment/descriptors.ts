/**
 * File descriptors, counted before anything starts. Where a process may open too few of them, connections fail that no
 * system is to blame for; those that a system or an origin cannot accept cannot even be told from its own faults.
 */
import { EdgeLabError } from '../errors.ts'
import type { RuntimeKind } from '../runtime/topology.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** What one of our programs has open without any traffic (22 in Node 24 on Linux), and some to spare. */
const ofProgram = 32
/** The same for EdgeLab itself, with what it reads while it starts others, and for each of these: pipes and a request. */
const ofHost = 48
const ofHostForEach = 3
const drivers = 2

interface Need {
  readonly files: number
  readonly why: string
}

/**
 * Throws EdgeLabError `fewDescriptors` where one process may have to open more files than it is allowed to. `systems`: how
 * many stand at a time beside `direct`. In containers the engine sets the limits, which are not this shell’s.
 */
export function requireDescriptors(
  runtime: RuntimeKind,
  scenarios: readonly Pick<Scenario, 'id' | 'connections' | 'origins'>[],
  systems: number,
  allowed = descriptorsAllowed(),
): void {
  if (runtime === 'containers') return
  const most = [needOfHost(scenarios, systems), ...scenarios.flatMap((each) => needsOf(each, systems))].reduce(
    (one, other) => (other.files > one.files ? other : one),
  )
  if (most.files > allowed) throw new EdgeLabError('fewDescriptors', { why: most.why, needed: most.files, allowed })
}

/** Each the most that may come to be: every connection in use, and none of those before closed yet. */
function needsOf({ id, connections, origins }: Pick<Scenario, 'id' | 'connections' | 'origins'>, systems: number) {
  const instances = instancesIn(origins)
  const holders = Math.max(1, systems)
  const at = `in the scenario “${id}”`
  const needs: Need[] = [
    { files: ofProgram + connections, why: `the driver opens ${connections} connections ${at}` },
    {
      files: ofProgram + connections * holders,
      why: `an origin may have ${connections} connections from ${holders === 1 ? 'its only client' : `each of ${holders} systems`} ${at}`,
    },
  ]
  if (systems > 0) {
    needs.push({
      files: ofProgram + connections * (1 + instances),
      why: `a system may have ${connections} connections from clients and as many to ${instances === 1 ? 'the origin' : `each of ${instances} origins`} ${at}`,
    })
  }
  return needs
}

function needOfHost(scenarios: readonly Pick<Scenario, 'origins'>[], systems: number): Need {
  const children = drivers + systems + Math.max(1, ...scenarios.map(({ origins }) => instancesIn(origins)))
  return { files: ofHost + ofHostForEach * children, why: `EdgeLab itself watches over ${children} programs` }
}

function instancesIn(origins: Scenario['origins']): number {
  return Object.values(origins).reduce((sum, { instances }) => sum + instances, 0)
}

/** Of this process, which its children inherit. Node has raised the soft limit to the hard one as it started. */
export function descriptorsAllowed(): number {
  // Not in the typings yet; otherwise every address would be looked up by name.
  ;(process.report as { excludeNetwork?: boolean }).excludeNetwork = true
  const { userLimits } = process.report.getReport() as {
    readonly userLimits?: { readonly open_files?: { readonly soft: number | 'unlimited' } }
  }
  const soft = userLimits?.open_files?.soft
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY
}
