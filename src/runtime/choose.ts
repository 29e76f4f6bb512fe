/** Which runtime carries a run, and what can run in it. One for all systems, so that they meet on equal terms. */
import { EdgeLabError } from '../errors.ts'
import { nodeImage } from '../systems/node-core/image.ts'
import type { Image, Launch } from '../systems/system.ts'
import { askEngine } from './containers/engine.ts'
import { availableAsProcess } from './processes/binaries.ts'
import type { Availability, RuntimeKind } from './topology.ts'

export interface SystemLaunch {
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
 * Containers where an engine answers and Node's image is here or can be pulled, else processes. `pull: false` only
 * looks, for lists. Throws EdgeLabError `engineUnreachable` where containers were asked for, `imageMissing` where Node's
 * image cannot be had.
 */
export async function chooseRuntime(
  wanted: 'auto' | RuntimeKind,
  candidates: readonly SystemLaunch[],
  report: (line: string) => void,
  { pull = true }: { readonly pull?: boolean } = {},
): Promise<Choice> {
  if (wanted === 'processes') return inProcesses(candidates, 'asked for')
  const state = await askEngine()
  if (!state.answers) {
    if (wanted === 'containers') throw new EdgeLabError('engineUnreachable', { why: state.why })
    return inProcesses(candidates, state.why)
  }
  const obtain = pull ? (image: Image) => obtainImage(image, report) : lookForImage
  const node = await obtain(nodeImage)
  if (!node.available) {
    if (wanted === 'containers') throw new EdgeLabError('imageMissing', { image: 'of Node', why: node.reason })
    return inProcesses(candidates, `Docker ${state.version} answers, but ${node.reason}; ${node.remedy} changes that`)
  }
  const images = new Set(candidates.map(({ launch }) => launch.image))
  const found = new Map(await Promise.all([...images].map(async (image) => [image, await obtain(image)] as const)))
  const availability = candidates.map(({ id, launch }) => [id, found.get(launch.image)!] as const)
  return {
    kind: 'containers',
    reason: `Docker ${state.version} answers`,
    availability: Object.fromEntries(availability),
  }
}

function inProcesses(candidates: readonly SystemLaunch[], reason: string): Choice {
  const availability = candidates.map(({ id, launch }) => [id, availableAsProcess(launch)] as const)
  return { kind: 'processes', reason, availability: Object.fromEntries(availability) }
}

/** The one command that brings an image that is not here. */
export function imageRemedy({ offline }: Image): string {
  return offline === null ? 'edgelab images pull' : 'edgelab images build'
}

async function lookForImage(image: Image): Promise<Availability> {
  const { imageHere } = await import('./images/table.ts')
  const here = await imageHere(image)
  return here
    ? { available: true, by: here.tag }
    : { available: false, reason: `its image (${image.name}) is not here`, remedy: imageRemedy(image) }
}

/** Returns the local image, pulls it if missing, or reports why neither works. */
async function obtainImage(image: Image, report: (line: string) => void): Promise<Availability> {
  const here = await lookForImage(image)
  if (here.available) return here
  const { pullImage } = await import('./images/images.ts')
  try {
    await pullImage(image, report)
    return await lookForImage(image)
  } catch (error) {
    if (!(error instanceof EdgeLabError)) throw error
    report(error.message)
    return { ...here, reason: `its image (${image.name}) is not here and cannot be pulled` }
  }
}
