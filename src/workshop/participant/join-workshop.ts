/** Joining: what the host must know of a participant, told once; and what it gave for it, kept. */
import { EdgeLabError } from '../../errors.ts'
import type { JoinRequest } from '../protocol/messages.ts'
import { hostClient, Refusal, Unreached } from './connection/host-client.ts'
import { type Joined, newParticipant, readMembership, writeMembership } from './membership.ts'

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
 * Who joins again is the same person for the host, even where the answer to the first time was lost. Throws EdgeLabError
 * `foreignHost`, `hostUnreached`, `wrongPasscode`, `passcodeLocked`, `joinRefused`
 * and `stateUnwritable`.
 */
export async function joinWorkshop({ address, code, ...asked }: Wanted): Promise<Joined> {
  const { name, team } = asked
  const before = await readMembership(code)
  const participant = before?.participant ?? newParticipant()
  const member = { address, code, participant, name, team }
  await writeMembership({ ...member, joined: before?.joined ?? null })
  const client = hostClient(address, code)
  try {
    const { token, workshop } = await client.join({ ...asked, participant })
    const joined = { ...member, joined: { token, workshop: { ...workshop, labs: [...workshop.labs] } } }
    await writeMembership(joined)
    return joined
  } catch (error) {
    if (!(error instanceof Refusal)) throw unreached(error, address)
    if (error.reason === 'wrong passcode') throw new EdgeLabError('wrongPasscode', {}, { cause: error })
    if (error.reason === 'passcode locked') throw new EdgeLabError('passcodeLocked', {}, { cause: error })
    throw new EdgeLabError('joinRefused', { why: sentence(error.message) }, { cause: error })
  } finally {
    await client.close()
  }
}

function unreached(error: unknown, address: string): unknown {
  if (!(error instanceof Unreached)) return error
  return new EdgeLabError('hostUnreached', { address, why: error.message }, { cause: error })
}

function sentence(why: string): string {
  return `${why[0]?.toUpperCase()}${why.slice(1).replace(/\.$/, '')}`
}
