/** Which runtime carries a run, and what can run in it. One for all systems, so that they meet on equal terms. */
import { LabError } from '../errors.ts'
import type { ImageName, Launch } from '../systems/system.ts'
import { availableAsProcess } from './binaries.ts'
import { askEngine } from './engine.ts'
import type { Availability, RuntimeKind } from './topology.ts'

export interface Candidate {
  readonly id: string
  readonly launch: Launch
}

export interface Choice {
  readonly kind: RuntimeKind
  /** Why, in words that can follow the name of the runtime. */
  readonly reason: string
  readonly availability: Readonly<Record<string, Availability>>
}

/**
 * Containers where an engine answers and Node's image is here or can be pulled, else processes.
 * Throws LabError `engineUnreachable` where containers were asked for, `imageMissing` where Node's image cannot be had.
 */
export async function chooseRuntime(
  wanted: 'auto' | RuntimeKind,
  candidates: readonly Candidate[],
  report: (line: string) => void,
): Promise<Choice> {
  if (wanted === 'processes') return inProcesses(candidates, 'asked for')
  const state = await askEngine()
  if (!state.answers) {
    if (wanted === 'containers') throw new LabError('engineUnreachable', { why: state.why })
    return inProcesses(candidates, state.why)
  }
  const node = await obtain('node', report)
  if (!node.available) {
    if (wanted === 'containers') throw new LabError('imageMissing', { image: 'of Node', why: node.reason })
    return inProcesses(candidates, `Docker ${state.version} answers, but ${node.reason}; ${node.remedy} changes that`)
  }
  const availability: Record<string, Availability> = {}
  for (const { id, launch } of candidates) availability[id] = await obtain(launch.image, report)
  return { kind: 'containers', reason: `Docker ${state.version} answers`, availability }
}

function inProcesses(candidates: readonly Candidate[], reason: string): Choice {
  const availability = candidates.map(({ id, launch }) => [id, availableAsProcess(launch)] as const)
  return { kind: 'processes', reason, availability: Object.fromEntries(availability) }
}

const asked = new Map<ImageName, Promise<Availability>>()

/** Here, or pulled now, or not to be had; asked once per image. */
function obtain(image: ImageName, report: (line: string) => void): Promise<Availability> {
  const known = asked.get(image) ?? obtainNow(image, report)
  asked.set(image, known)
  return known
}

async function obtainNow(image: ImageName, report: (line: string) => void): Promise<Availability> {
  const { imageHere, pullImage } = await import('./images.ts')
  const here = await imageHere(image)
  if (here) return { available: true, by: here.tag }
  try {
    await pullImage(image, report)
    return { available: true, by: (await imageHere(image))!.tag }
  } catch (error) {
    report(error instanceof Error ? error.message : String(error))
    return {
      available: false,
      reason: `its image (${image}) is not here and cannot be pulled`,
      remedy: 'edgelab images build',
    }
  }
}
