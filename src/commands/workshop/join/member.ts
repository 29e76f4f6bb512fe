/** From a line that was typed to somebody who is in the workshop: asks for what is missing where somebody can be asked. */
import { EdgeLabError } from '../../../errors.ts'
import { version } from '../../../package-root.ts'
import { chooseRuntime } from '../../../runtime/choose.ts'
import type { RuntimeKind } from '../../../runtime/topology.ts'
import { launches } from '../../../systems/index.ts'
import { findHost, joinWorkshop } from '../../../workshop/participant/join-workshop.ts'
import {
  type Joined,
  lastMembership,
  type Membership,
  readMembership,
  writeMembership,
} from '../../../workshop/participant/membership.ts'
import { parseJoinCode } from '../../../workshop/protocol/join-code.ts'
import { type Machine, personSchema } from '../../../workshop/protocol/messages.ts'
import { isInteractive } from '../../app/app.ts'
import type { JoinFlags } from './flags.ts'
import { askForPasscode, askForRest } from './questions.ts'

/** Throws EdgeLabError. */
export async function memberOf(
  { address, code }: { readonly address: string | undefined; readonly code: string },
  flags: JoinFlags,
): Promise<Joined> {
  if (address === undefined) {
    const last = await lastMembership()
    if (!last) throw new EdgeLabError('notJoined')
    return last
  }
  const line = readLine(address, code, flags)
  const before = await readMembership(line.code)
  const isAnew = [flags.name, flags.team, flags.passcode].some((given) => given !== undefined)
  if (isJoined(before) && !isAnew) return comeBack(before, line.address)
  // A forged host is found before anybody has typed a passcode for it.
  await findHost(line.address, line.code)
  return letIn(line, before, flags)
}

/** Whoever is in already goes on even where the host is not reached: it is told later. */
async function comeBack(before: Joined, address: string): Promise<Joined> {
  await findHost(address, before.code).catch((error: unknown) => {
    if (!(error instanceof EdgeLabError && error.name === 'hostUnreached')) throw error
  })
  const member = { ...before, address }
  await writeMembership(member)
  return member
}

interface Line {
  readonly address: string
  readonly code: string
}

async function letIn(line: Line, before: Membership | undefined, flags: JoinFlags): Promise<Joined> {
  const machine = await machineHere(flags.runtime)
  const mayAsk = isInteractive() && flags.answers === undefined
  const { name = before?.name, passcode } = flags
  if (!mayAsk) {
    const missing = [...(name === undefined ? ['--name'] : []), ...(passcode === undefined ? ['--passcode'] : [])]
    if (missing.length > 0) {
      throw new EdgeLabError('usage', { what: `Nobody can be asked here: ${missing.join(' and ')} must be given.` })
    }
    const team = flags.team ?? before?.team ?? null
    return joinWorkshop({ ...line, name: name!, team, passcode: passcode!, machine })
  }
  const asked = await askForRest({ ...flags, ...(name === undefined ? {} : { name }) })
  for (let attempt = asked; ; ) {
    try {
      return await joinWorkshop({ ...line, ...attempt, machine })
    } catch (error) {
      if (!(error instanceof EdgeLabError && ofPasscode.includes(error.name))) throw error
      attempt = { ...attempt, passcode: await askForPasscode(error.message) }
    }
  }
}

/** What another try may mend. */
const ofPasscode: readonly string[] = ['wrongPasscode', 'passcodeLocked']

function isJoined(membership: Membership | undefined): membership is Joined {
  return membership !== undefined && membership.joined !== null
}

/** Every mistake of it at once. Throws EdgeLabError `usage`. */
function readLine(address: string, typed: string, { name }: JoinFlags): Line {
  const code = parseJoinCode(typed)
  const said = personSchema.safeParse(name ?? 'somebody')
  const mistakes = [
    ...(isAddress(address) ? [] : [`“${address}” is no address with a port, such as 192.168.1.7:7443.`]),
    ...(code === null
      ? [
          typed === ''
            ? 'The code of the workshop is missing.'
            : `“${typed}” is no code: 16 letters and digits, such as 7QF2-M9XK-0ZTB-3HRW.`,
        ]
      : []),
    ...(said.success
      ? []
      : [`“${name}” cannot be shown as a name: 1 to 40 characters, no control characters, no < or >.`]),
  ]
  if (mistakes.length > 0) throw new EdgeLabError('usage', { what: mistakes.join(' ') })
  return { address, code: code! }
}

function isAddress(address: string): boolean {
  if (!/^(\[[\da-f:.%]+\]|[^\s:/@?#[\]]+):\d{1,5}$/i.test(address)) return false
  return URL.canParse(`https://${address}`)
}

async function machineHere(runtime: 'auto' | RuntimeKind): Promise<Machine> {
  const { kind, availability } = await chooseRuntime(runtime, launches(), () => undefined, { pull: false })
  const systems = Object.entries(availability).flatMap(([id, here]) => (here.available ? [id] : []))
  return { version, runtime: kind, systems }
}
