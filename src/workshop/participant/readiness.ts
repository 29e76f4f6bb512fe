/** The evening before a workshop: whether this machine can play its labs, or the one command that is missing. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { plural } from '../../comparison/blocks.ts'
import { EdgeLabError } from '../../errors.ts'
import { requireDescriptors } from '../../experiment/descriptors.ts'
import type { Lab, Role } from '../../labs/file/lab.ts'
import { version } from '../../package-root.ts'
import { type Choice, chooseRuntime } from '../../runtime/choose.ts'
import { type Check, portCheck, spaceCheck } from '../../runtime/doctor.ts'
import { launches, type SystemId } from '../../systems/index.ts'
import { formatBytes } from '../../units.ts'
import { parseJoinCode } from '../protocol/join-code.ts'
import { inWords } from './connection/host-client.ts'
import { findHost } from './join-workshop.ts'

/** Of the host nothing is asked where no address is given; who it is, only where its code is. */
export interface HostLine {
  readonly address: string
  /** As it was typed; empty where none was. */
  readonly code: string
}

/** In the order in which they are to be mended. */
export async function readiness(labs: readonly Lab[], host: HostLine | null): Promise<readonly Check[]> {
  const roles = labs.flatMap((lab) => lab.roles)
  const named = [...new Set(roles.flatMap(({ systems }) => systems))]
  const choice = await chooseRuntime('auto', launches(named), () => undefined, { pull: false })
  return [
    { name: 'EdgeLab', state: 'ok', detail: `${version}; everybody in the room should have the same`, remedy: '' },
    ...labs.map((lab) => labCheck(lab, choice)),
    filesCheck(choice.kind, Math.max(...labs.map((lab) => lab.roles.length))),
    memoryCheck(),
    await portCheck(),
    await spaceCheck(),
    ...(host ? [await hostCheck(host)] : []),
  ]
}

/** What is to be done first; null where the machine is ready. Pure. */
export function missingCommand(checks: readonly Check[]): string | null {
  const missing = checks.filter(({ state }) => state === 'missing')
  const gets = missing.flatMap(({ remedy }) => (remedy.startsWith(getCommand) ? [remedy.slice(getCommand.length)] : []))
  // Several products come by one command.
  if (gets.length > 0) return `${getCommand}${[...new Set(gets.flatMap((each) => each.split(' ')))].join(' ')}`
  return missing.map(({ remedy, detail }) => remedy || detail)[0] ?? null
}

const getCommand = 'edgelab get '

/** The systems that a role names first are what the room speaks of: another one plays only where none can be fetched. */
function labCheck(lab: Lab, { kind, availability }: Choice): Check {
  const name = `Lab ${lab.number}, ${lab.title}`
  const players = lab.roles.map((role) => playerOf(role, availability))
  const products = players.flatMap(({ product }) => product ?? [])
  if (products.length > 0) {
    const wanted = [...new Set(products)]
    return {
      name,
      state: 'missing',
      detail: `${wanted.join(', ')} can be fetched`,
      remedy: getCommand + wanted.join(' '),
    }
  }
  const nobody = players.find(({ system }) => system === null)
  if (nobody) return { name, state: 'missing', detail: nobody.detail, remedy: nobody.remedy }
  const detail = `${kind}: ${[...new Set(players.map(({ system }) => system))].join(', ')}`
  return { name, state: 'ok', detail, remedy: '' }
}

interface Player {
  /** Null where nobody can play. */
  readonly system: SystemId | null
  /** What `edgelab get` would bring for it. */
  readonly product?: string
  readonly detail: string
  readonly remedy: string
}

function playerOf({ title, systems }: Role, availability: Choice['availability']): Player {
  for (const system of systems) {
    const here = availability[system]
    if (here?.available) return { system, detail: here.by, remedy: '' }
    if (here?.wheel) return { system, product: here.wheel.product, detail: here.reason, remedy: here.remedy }
  }
  const first = availability[systems[0]!]
  const why = first && !first.available ? first : { reason: 'unknown', remedy: '' }
  return { system: null, detail: `nobody can play ${title}: ${why.reason}`, remedy: why.remedy }
}

function filesCheck(runtime: Choice['kind'], systems: number): Check {
  const name = 'Open files'
  try {
    requireDescriptors(runtime, [], systems)
    return { name, state: 'ok', detail: 'enough may be open', remedy: '' }
  } catch (error) {
    if (!(error instanceof EdgeLabError)) throw error
    return { name, state: 'missing', detail: error.message, remedy: error.hint }
  }
}

/** Systems, origins and driver of a lab take some 300 MB, an editor and a browser the rest. */
const enoughMemory = 700 * 1024 * 1024

function memoryCheck(): Check {
  const free = process.availableMemory()
  const detail = `${formatBytes(free)} free`
  return free < enoughMemory
    ? { name: 'Memory', state: 'missing', detail, remedy: 'close other programs' }
    : { name: 'Memory', state: 'ok', detail, remedy: '' }
}

async function hostCheck({ address, code }: HostLine): Promise<Check> {
  const name = 'The host'
  const parsed = parseJoinCode(code)
  if (code !== '' && parsed === null) {
    return {
      name,
      state: 'missing',
      detail: `“${code}” is no code of a workshop`,
      remedy: 'type it as the projector shows it',
    }
  }
  try {
    await (parsed === null ? somebodyAt(address) : findHost(address, parsed))
  } catch (error) {
    const said = inWords(error)
    const detail = said instanceof EdgeLabError ? said.message : `${address}: ${said.message}`
    return { name, state: 'missing', detail, remedy: 'join the network of the host' }
  }
  const detail =
    parsed === null ? 'somebody answers; its code would tell whether it is the host' : 'it is the host of the code'
  return { name, state: 'ok', detail: `${address}: ${detail}`, remedy: '' }
}

const answerMs = 5000

async function somebodyAt(address: string): Promise<void> {
  const { hostname, port } = new URL(`https://${address}`)
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(answerMs) })
  } finally {
    socket.destroy()
  }
}

/** `Ready` or what is missing, as the last line. Pure. */
export function readyInWords(checks: readonly Check[]): string {
  const command = missingCommand(checks)
  if (command === null) return 'Ready for the workshop.'
  const others = checks.filter(({ state }) => state === 'missing').length
  return `Not ready: ${plural(others, 'thing')} missing. Next: ${command}`
}
