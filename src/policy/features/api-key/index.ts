/** Paths that want a key, and whose keys they are. */
import { z } from 'zod'
import { key, name, path, repeated } from '../../fields.ts'
import type { SharingNeeds } from '../cache/sharing.ts'
import type { Feature, LineMistake } from '../feature.ts'
import { credentials } from './credentials.ts'
import { keyHeaderMistake } from './key-header.ts'
import type { ApiKey } from './line.ts'
import { apiKeyProbes } from './probes.ts'

const consumer = z
  .union([name, z.strictObject({ name, key })], { error: 'a consumer is a name, or name and key' })
  .describe('who a key belongs to')

type Written = z.output<typeof input>[number]

const input = z
  .array(
    z.strictObject({
      path,
      header: z
        .string()
        .refine((text) => keyHeaderMistake(text) === undefined, {
          error: ({ input }) => keyHeaderMistake(String(input)),
        })
        .default('x-api-key')
        .describe('the request header that carries the key: one that neither HTTP nor the edge uses, or authorization'),
      consumers: z.array(consumer).min(1),
    }),
  )
  .default([])
  .describe('paths that want a key')

/** A client sends one key, so a consumer of several lines has the same in all of them. */
function otherKeys(lines: readonly Written[], index: number): readonly LineMistake[] {
  const keyOf = (each: Written['consumers'][number]) => (typeof each === 'string' ? undefined : each.key)
  const nameOf = (each: Written['consumers'][number]) => (typeof each === 'string' ? each : each.name)
  return lines[index]!.consumers.flatMap((each, at) => {
    const differs = lines
      .slice(0, index)
      .some(({ consumers }) =>
        consumers.some((other) => nameOf(other) === nameOf(each) && keyOf(other) !== keyOf(each)),
      )
    const message = `${nameOf(each)} has another key in a line before: a consumer has one key, written in each of its lines or in none`
    return differs ? [{ path: [index, 'consumers', at], message }] : []
  })
}

export const apiKey = {
  title: 'API keys',
  noun: 'API keys',
  input,
  record: z.object({
    path: z.string(),
    header: z.string(),
    consumers: z.array(z.object({ name: z.string(), key: z.string() })),
  }),
  toLine: (line, { makeKey }) => ({
    ...line,
    consumers: line.consumers.map((each) => (typeof each === 'string' ? { name: each, key: makeKey(each) } : each)),
  }),
  mistakes: (lines) =>
    lines.flatMap(({ consumers }, index) => [
      ...otherKeys(lines, index),
      ...repeated(consumers.map((each) => (typeof each === 'string' ? each : each.name))).map((at) => ({
        path: [index, 'consumers', at],
        message: 'this consumer is in the list already',
      })),
      ...repeated(consumers.map((each, at) => (typeof each === 'string' ? at : each.key))).map((at) => ({
        path: [index, 'consumers', at],
        message: 'another consumer has this key already',
      })),
    ]),
  words: ({ header, path }) => `require a key in ${header} on ${path}`,
  appliesTo: ({ path }) => ({ path }),
  refusals: [401, 403],
  setsApart: 'consumer',
  credentials,
  admission: ({ header, consumers }, { who }) => {
    const consumer = consumers[who % consumers.length]
    return consumer ? { [header]: consumer.key } : {}
  },
  probes: apiKeyProbes,
} satisfies Feature<Written, ApiKey, SharingNeeds>
