/** Quotas: how many requests a consumer has in a day or a month. */
import { z } from 'zod'
import { described } from '../../../mistakes/words.ts'
import { formatNumber, parseCount } from '../../../units.ts'
import { path } from '../../fields.ts'
import type { Feature } from '../feature.ts'
import { type Quota, type QuotaPeriod, quotaPeriods } from './line.ts'
import { type QuotaNeeds, quotaProbes } from './probes.ts'

/** `1000/day`, `30M/month`. */
function parseAllowance(text: string): Pick<Quota, 'requests' | 'period'> | undefined {
  const [count = '', period, ...more] = text.split('/').map((part) => part.trim())
  const requests = parseCount(count) ?? 0
  return requests >= 1 && more.length === 0 && isPeriod(period) ? { requests, period } : undefined
}

function isPeriod(text: string | undefined): text is QuotaPeriod {
  return quotaPeriods.some((period) => period === text)
}

const allowanceMessage = (given: unknown): string =>
  `${described(given)} is not a quota: write 1000/day or 30M/month, at least 1`

const input = z
  .array(
    z.strictObject({
      path,
      limit: z
        .string({ error: ({ input }) => allowanceMessage(input) })
        .refine((text) => parseAllowance(text) !== undefined, { error: ({ input }) => allowanceMessage(input) })
        .transform((text) => parseAllowance(text)!)
        .describe('how many requests each consumer has in a day or a month of the calendar (UTC): 1000/day, 30M/month'),
    }),
  )
  .default([])
  .describe('how much each consumer may ask for in a day or a month')

export const quota = {
  title: 'quotas',
  noun: 'quotas',
  remembers: true,
  input,
  record: z.object({ path: z.string(), requests: z.number().positive(), period: z.enum(quotaPeriods) }),
  toLine: ({ path, limit }) => ({ path, ...limit }),
  mistakes: (lines, { apartNear }) =>
    lines.flatMap(({ path }, index) =>
      apartNear(path, 'consumer').length > 0
        ? []
        : [
            {
              path: [index, 'path'],
              message: `a quota is a consumer’s own, and nothing at ${path} asks for a key: add an apiKey line`,
            },
          ],
    ),
  words: ({ path, requests, period }) =>
    `let each consumer have ${formatNumber(requests)} requests a ${period} on ${path}`,
  appliesTo: ({ path }) => ({ path }),
  refusals: [429],
  probes: quotaProbes,
} satisfies Feature<z.output<typeof input>[number], Quota, QuotaNeeds>
