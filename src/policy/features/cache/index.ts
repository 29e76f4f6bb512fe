/** Answers kept at the edge. */
import { z } from 'zod'
import { formatMs } from '../../../units.ts'
import { duration, path } from '../../fields.ts'
import { prefixTakes } from '../../paths/prefix.ts'
import type { Feature } from '../feature.ts'
import type { Cache } from './line.ts'
import { cacheProbes } from './probes.ts'
import type { SharingNeeds } from './sharing.ts'

const keyParts = z.array(z.enum(['path', 'query', 'consumer', 'representation']))

const input = z
  .array(
    z.strictObject({
      path,
      ttl: duration
        .optional()
        .describe('how long an answer is kept where the origin does not say; without it, only as the origin says'),
      key: keyParts
        .min(1)
        .optional()
        .describe('what makes two requests the same; the parts that the other features need where left out'),
      coalesce: z.boolean().default(true).describe('concurrent requests for a missing entry become one'),
      staleOnError: duration.optional().describe('how long an expired answer is served while the origin fails'),
    }),
  )
  .default([])
  .describe('answers kept at the edge')

export const cache = {
  title: 'cache',
  noun: 'caching',
  remembers: true,
  input,
  record: z.object({
    path: z.string(),
    ttlMs: z.number(),
    key: keyParts,
    coalesce: z.boolean(),
    staleOnErrorMs: z.number(),
  }),
  toLine: ({ path, ttl, key, coalesce, staleOnError }, { apartAt }) => ({
    path,
    ttlMs: ttl ?? 0,
    key: key ?? ['path', 'query', ...apartAt(path)],
    coalesce,
    staleOnErrorMs: staleOnError ?? 0,
  }),
  mistakes: (lines, { apartNear, carriersNear }) =>
    lines.flatMap(({ path, key }, index) => {
      if (!key) return []
      const makers = key.includes('representation') ? [] : apartNear(path, 'representation')
      const messages = [
        ...makers.map((maker) => `${maker} makes several answers of one path: add representation to the key`),
        ...(key.includes('path') ? [] : ['a key without path would mix all answers']),
        // RFC 9111 §3.5. Systems that take the key away and tell consumers apart keep answers for each.
        ...(key.includes('consumer') || !carriersNear(path).includes('authorization')
          ? []
          : [
              'a key in authorization makes every answer one consumer’s own (RFC 9111, §3.5): add consumer to the key, or carry the key in another header',
            ]),
      ]
      return messages.map((message) => ({ path: [index, 'key'], message }))
    }),
  // Without knowing consumers it would hand one consumer's answers to another. Nor may a wider line cache: it would take
  // in what the narrower one leaves.
  unsafeWithout: ({ path }, lines) => {
    const apart = lines.find((line) => line.key.includes('consumer') && prefixTakes(path, line.path))
    return (
      apart && {
        part: 'consumer',
        why: `It cannot tell consumers apart, so it must not keep their answers (${apart.path})`,
      }
    )
  },
  words: ({ path, ttlMs, key, coalesce, staleOnErrorMs }) =>
    [
      `cache ${path} ${ttlMs > 0 ? `for ${formatMs(ttlMs)}` : 'as the origin says'} by ${key.join(' + ')}`,
      coalesce ? 'coalesced' : '',
      staleOnErrorMs > 0 ? `stale on error for ${formatMs(staleOnErrorMs)}` : '',
    ]
      .filter(Boolean)
      .join(', '),
  appliesTo: ({ path }) => ({ path }),
  // Paths of probes may differ by a query (`?probe=900001`) that the cache does not look at: a Host sets them apart.
  admission: ({ key }, { path }) => {
    const own = key.includes('query') ? undefined : /\?probe=(\d+)/.exec(path)?.[1]
    return own === undefined ? {} : { host: `probe-${own}.example` }
  },
  probes: cacheProbes,
} satisfies Feature<z.output<typeof input>[number], Cache, SharingNeeds>
