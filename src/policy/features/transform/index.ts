/** One resource in several representations, by what the client accepts. */
import { z } from 'zod'
import { path } from '../../fields.ts'
import type { Feature } from '../feature.ts'
import type { Transform } from './line.ts'
import { transformProbes } from './probes.ts'

const targets = z.enum(['xml', 'compact-json'])

const input = z
  .array(
    z.strictObject({
      path,
      representations: z
        .array(
          z.strictObject({
            accept: z
              .string()
              .regex(/^[a-z]+\/[a-z0-9.+-]+$/, { error: ({ input }) => `“${input}” is not a media type` })
              .describe('the media type in the request’s Accept header'),
            as: targets,
          }),
        )
        .min(1),
    }),
  )
  .default([])
  .describe('one resource in several representations, by the client’s Accept header')

export const transform = {
  title: 'transform: one resource as JSON, XML and compact JSON',
  noun: 'response transforms',
  input,
  record: z.object({
    path: z.string(),
    representations: z.array(z.object({ accept: z.string(), as: targets })),
  }),
  toLine: (written) => written,
  words: ({ path, representations }) =>
    `transform ${path}: ${representations.map(({ accept, as }) => `${accept} as ${as}`).join(', ')}`,
  appliesTo: ({ path }) => ({ path }),
  setsApart: 'representation',
  probes: transformProbes,
} satisfies Feature<z.output<typeof input>[number], Transform>
