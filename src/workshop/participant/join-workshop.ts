/** Joining: what the host must know of a participant, told once; and what it gave for it, kept. */
import { EdgeLabError } from '../../errors.ts'
import { version } from '../../package-root.ts'
import { type JoinRequest, protocolVersion } from '../protocol/messages.ts'
import { hostClient, Refusal, Unreached } from './connection/host-client.ts'
import {
  forgetTold,
  type Joined,
  type Membership,
  newParticipant,
  readMembership,
  writeMembership,
} from './membership.ts'

export interface Wanted extends Omit<JoinRequest, 'participant'> {
  readonly address: string
  /** In the form in which hosts show it. */
  readonly code: string
}

/**
 * Resolves where the host of the code answers at the address; nothing was sent then. Throws EdgeLabError `foreignHost` and
 * `hostUnreached`.
 */
export async function findHost(address: string, code: string): Promise<void> {
  const client = hostClient(address, code)
  try {
    await client.reach()
  } catch (error) {
    throw unreached(error, address)
  } finally {
    await client.close()
  }
}

/**
 * Who joins again is the same person for the host, even where the answer to the first time was lost. Whoever was removed,
 * or has lost the file that says who they are, joins as somebody new, who has told nothing yet. Throws EdgeLabError
 * `foreignHost`, `hostUnreached`, `wrongPasscode`, `passcodeLocked`, `otherProtocol`, `joinRefused` and
 * `stateUnwritable`.
 */
export async function joinWorkshop({ address, code, ...asked }: Wanted): Promise<Joined> {
  const { name, team } = asked
  const before = await readMembership(code)
  const client = hostClient(address, code)
  const joinedAs = async (participant: string, known: Membership['joined']): Promise<Joined> => {
    const member = { address, code, participant, name, team }
    await writeMembership({ ...member, joined: known })
    const { token, version, workshop } = await client.join({ ...asked, participant })
    const joined = { ...member, joined: { token, version, workshop: { ...workshop, labs: [...workshop.labs] } } }
    await writeMembership(joined)
    return joined
  }
  const joinedAnew = async (): Promise<Joined> => {
    await forgetTold(code)
    return joinedAs(newParticipant(), null)
  }
  try {
    if (!before) return await joinedAnew()
    return await joinedAs(before.participant, before.joined).catch((error) => {
      if (!(error instanceof Refusal && error.reason === 'removed')) throw error
      return joinedAnew()
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw unreached(error, address)
    if (error.reason === 'wrong passcode') throw new EdgeLabError('wrongPasscode', {}, { cause: error })
    if (error.reason === 'passcode locked') throw new EdgeLabError('passcodeLocked', {}, { cause: error })
    if (error.reason === 'other protocol') {
      throw new EdgeLabError('otherProtocol', { here: spokenHere, why: error.message }, { cause: error })
    }
    throw new EdgeLabError('joinRefused', { why: sentence(error.message) }, { cause: error })
  } finally {
    await client.close()
  }
}

/** As a clause, to stand beside what the host says of itself. */
export const spokenHere = `this is EdgeLab ${version}, which speaks protocol ${protocolVersion}`

function unreached(error: unknown, address: string): unknown {
  if (!(error instanceof Unreached)) return error
  return new EdgeLabError('hostUnreached', { address, why: error.message }, { cause: error })
}

function sentence(why: string): string {
  return `${why[0]?.toUpperCase()}${why.slice(1).replace(/\.$/, '')}`
}
