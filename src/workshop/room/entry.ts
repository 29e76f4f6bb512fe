/** What a room's journal consists of: everything that happened and must outlive the host's process. */
import { z } from 'zod'
import { hostChangeSchema, joinRequestSchema, reportsRequestSchema } from '../protocol/messages.ts'

/** ISO time by the host's clock. */
const at = z.iso.datetime()

const joinedSchema = joinRequestSchema.omit({ passcode: true }).extend({
  kind: z.literal('joined'),
  at,
  /** SHA-256 in hex. The newest token of a participant is the one that is good. */
  tokenHash: z.string().regex(/^[0-9a-f]{64}$/),
})

const reportedSchema = z.strictObject({
  kind: z.literal('reported'),
  at,
  participant: joinRequestSchema.shape.participant,
  reports: reportsRequestSchema.shape.reports,
})

const changedSchema = z.strictObject({ kind: z.literal('changed'), at, change: hostChangeSchema })

export const entrySchema = z.discriminatedUnion('kind', [joinedSchema, reportedSchema, changedSchema])

export type Joined = z.infer<typeof joinedSchema>
export type Reported = z.infer<typeof reportedSchema>
export type Entry = z.infer<typeof entrySchema>
