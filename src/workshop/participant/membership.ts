/**
 * The workshops that were joined from here: `<home>/joined/<code>/`, for this user's eyes only. What the participant is
 * called there, and the token by which the host knows them.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { EdgeLabError } from '../../errors.ts'
import { edgelabHome } from '../../labs/progress/home.ts'
import { replaceWhole } from '../../measurement/store/whole-file.ts'
import { readText, whyUnwritable } from '../../text-file.ts'
import { type JoinAnswer, joinRequestSchema } from '../protocol/messages.ts'

const schema = z.strictObject({
  /** `192.168.1.7:7443`, where the host was found last. */
  address: z.string(),
  /** As hosts show it. */
  code: z.string(),
  participant: joinRequestSchema.shape.participant,
  name: joinRequestSchema.shape.name,
  team: joinRequestSchema.shape.team,
  /** Null before the host has answered. */
  joined: z
    .strictObject({
      token: z.string(),
      /** Of the host's EdgeLab, when it agreed. */
      version: z.string(),
      workshop: z.strictObject({ id: z.string(), title: z.string(), labs: z.array(z.string()) }),
    })
    .nullable(),
})

export type Membership = z.infer<typeof schema>
/** One to which the host has agreed. */
export type Joined = Membership & { readonly joined: Omit<JoinAnswer, 'orders'> }

const all = (): string => join(edgelabHome(), 'joined')

export interface MembershipHome {
  readonly membership: string
  readonly outbox: string
  /** What the facilitator wanted when the host was last heard. */
  readonly orders: string
  readonly lock: string
}

export function membershipHome(code: string): MembershipHome {
  const folder = join(all(), code)
  return {
    membership: join(folder, 'membership.json'),
    outbox: join(folder, 'outbox.json'),
    orders: join(folder, 'orders.json'),
    lock: join(folder, 'lock'),
  }
}

/** By another number than in every other workshop: nobody can be followed from one to the next. */
export function newParticipant(): string {
  return randomUUID()
}

/** Undefined where this workshop was never joined, or the file is damaged: then it is joined anew. */
export async function readMembership(code: string): Promise<Membership | undefined> {
  try {
    return schema.parse(JSON.parse(await readText(membershipHome(code).membership)))
  } catch {
    return undefined
  }
}

/** The one that was written last, out of those to which a host has agreed. */
export async function lastMembership(): Promise<Joined | undefined> {
  const codes = await readdir(all()).catch(() => [])
  const found = await Promise.all(
    codes.map(async (code) => {
      const membership = await readMembership(code)
      const { mtimeMs } = await stat(membershipHome(code).membership).catch(() => ({ mtimeMs: 0 }))
      return { membership, mtimeMs }
    }),
  )
  const newestFirst = found.sort((a, b) => b.mtimeMs - a.mtimeMs).map(({ membership }) => membership)
  return newestFirst.find((each): each is Joined => each !== undefined && each.joined !== null)
}

/** Whoever has told nothing yet tells all of it. Throws EdgeLabError `stateUnwritable`. */
export async function forgetTold(code: string): Promise<void> {
  const path = membershipHome(code).outbox
  await rm(path, { force: true }).catch((cause) => {
    throw new EdgeLabError('stateUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  })
}

/** Throws EdgeLabError `stateUnwritable`. */
export async function writeMembership(membership: Membership): Promise<void> {
  const path = membershipHome(membership.code).membership
  try {
    await mkdir(all(), { recursive: true, mode: 0o700 })
    await replaceWhole(path, `${JSON.stringify(membership)}\n`, 0o600)
  } catch (cause) {
    throw new EdgeLabError('stateUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  }
}
