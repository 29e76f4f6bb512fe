/**
 * What host and participants say to each other: JSON over HTTPS, and server-sent events towards participants. Every
 * request carries `edgelab-protocol: 1`, and every one but `join` carries `authorization: Bearer <token>`.
 *
 *     POST /v1/join     JoinRequest → JoinAnswer
 *     POST /v1/reports  ReportsRequest → ReportsAnswer   when the answer comes, the reports are on the host's disk
 *     GET  /v1/orders   server-sent events, each an Orders: at once, after every change, and every few seconds; the last
 *                       one may be what `refused.ts` describes, where the participant is removed
 *     POST /v1/host/orders   HostChange, with the host's token
 *
 * What is refused is answered as `refused.ts` says.
 */
import { z } from 'zod'
import { nameSchema, stepReportSchema } from './step-report.ts'

/**
 * Counted up where an EdgeLab of before would misunderstand what is said here. The header stays, whatever else changes: by it
 * both sides tell each other apart.
 */
export const protocolVersion = 1
export const protocolHeader = 'edgelab-protocol'

/** How often orders are sent where nothing changed: by it both sides notice that a connection is gone. */
export const heartbeatMs = 5000

/** As shown on the projector; letters of any script, no control characters, nothing that could be taken for HTML. */
export const personSchema = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}<>]+$/u, 'no control characters, no < or >')

/** Colours are the teams: names of a fixed list, so that a room agrees on them at once. */
export const teams = ['blue', 'orange', 'green', 'purple', 'red', 'teal'] as const
export type Team = (typeof teams)[number]

export const machineSchema = z.strictObject({
  version: z.string().max(40),
  runtime: z.enum(['containers', 'processes']),
  /** Ids of the systems that can run there. */
  systems: z.array(nameSchema).max(40),
})
export type Machine = z.infer<typeof machineSchema>

export const joinRequestSchema = z.strictObject({
  passcode: z.string().max(64),
  /** Chosen at random by the participant's EdgeLab and kept: who joins again with it is the same person. */
  participant: z.uuid(),
  name: personSchema,
  team: z.enum(teams).nullable(),
  machine: machineSchema,
})
export type JoinRequest = z.infer<typeof joinRequestSchema>

export interface JoinAnswer {
  /** Of this participant alone; the host keeps its hash only. */
  readonly token: string
  /** Of the host’s EdgeLab. */
  readonly version: string
  readonly workshop: { readonly id: string; readonly title: string; readonly labs: readonly string[] }
  readonly orders: Orders
}

export const reportsRequestSchema = z.strictObject({ reports: z.array(stepReportSchema).min(1).max(100) })
export type ReportsRequest = z.infer<typeof reportsRequestSchema>

/** `kept`: the sequence numbers that are on disk now, or were already. */
export interface ReportsAnswer {
  readonly kept: readonly number[]
}

/** What the facilitator wants of the room. */
export const ordersSchema = z.strictObject({
  /** Counts changes from 0. */
  version: z.int().min(0),
  /** Nobody goes beyond this step until it is released. */
  pauseAt: z.strictObject({ lab: nameSchema, step: nameSchema }).nullable(),
  message: z.strictObject({ id: z.int(), at: z.iso.datetime(), text: z.string().max(280) }).nullable(),
  endsAt: z.iso.datetime().nullable(),
  /** The workshop has ended: nothing more is taken. */
  isOver: z.boolean(),
})
export type Orders = z.infer<typeof ordersSchema>

export const ordersChangeSchema = z.union([
  z.strictObject({ pauseAt: ordersSchema.shape.pauseAt }),
  z.strictObject({ say: z.string().min(1).max(280) }),
  z.strictObject({ endsAt: ordersSchema.shape.endsAt }),
  z.strictObject({ end: z.literal(true) }),
])
export type OrdersChange = z.infer<typeof ordersChangeSchema>

/** What is on the projector; participants are not told. */
export const projectionSchema = z.strictObject({
  /** A question of a predict, observe or quiz step, without the role; null: how to join. */
  shows: z.strictObject({ lab: nameSchema, step: nameSchema, question: nameSchema }).nullable(),
  /** Results of the room's own runs stand beside what was answered. */
  isRevealed: z.boolean(),
})
export type Projection = z.infer<typeof projectionSchema>

/**
 * What the host’s facilitator may change. Another question begins with its results hidden. Whoever is removed is no part of
 * the room any more, with all that they answered; their token is good for nothing, and they can join as somebody new only.
 */
export const hostChangeSchema = z.union([
  ...ordersChangeSchema.options,
  z.strictObject({ show: projectionSchema.shape.shows }),
  z.strictObject({ reveal: z.boolean() }),
  /** A participant, who is told; nobody else is. */
  z.strictObject({ remove: joinRequestSchema.shape.participant }),
])
export type HostChange = z.infer<typeof hostChangeSchema>
