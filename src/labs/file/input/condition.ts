/** Conditions, bounds and expectations as people write them in a lab file. */
import { z } from 'zod'
import { parseComparison } from '../../../scenario/expectations.ts'
import type { Bounds, Expected } from '../check.ts'
import { type Condition, comparators } from '../condition.ts'

const operand = z
  .union(
    [
      z.string(),
      z.number(),
      z.boolean(),
      z.strictObject({ fact: z.string().min(1), times: z.number().default(1).describe('so many times that fact') }),
    ],
    { error: 'compare with a text, a number, true, false, or { fact: …, times: 2 }' },
  )
  .describe('a value, or another fact')

/** `{ fact, is, than }`, `{ all: […] }`, `{ any: […] }` or `{ not: … }`. */
export const condition: z.ZodType<Condition> = z
  .strictObject({
    fact: z.string().min(1).optional().describe('ask.proxy.origin.requests, check.address, file.one-hop.yaml'),
    is: z.enum(comparators).optional(),
    than: operand.optional(),
    get all() {
      return z.array(condition).min(1).optional()
    },
    get any() {
      return z.array(condition).min(1).optional()
    },
    get not() {
      return condition.optional()
    },
  })
  .superRefine(({ fact, is, than, all, any, not }, context) => {
    const say = (message: string): void => context.addIssue({ code: 'custom', message })
    if ([fact, all, any, not].filter((part) => part !== undefined).length !== 1) {
      return say('a condition is one of { fact: …, is: …, than: … }, { all: […] }, { any: […] } and { not: … }')
    }
    if (fact === undefined)
      return is === undefined && than === undefined ? undefined : say('“is” and “than” need a “fact”')
    if (is === undefined) return say(`say how the fact is compared: is: ${comparators.join(' · ')}`)
    const alone = is === 'present' || is === 'absent'
    if (alone && than !== undefined) say(`“${is}” is compared with nothing: leave out “than”`)
    if (!alone && than === undefined) say(`“${is}” needs something to compare with: than: …`)
    if (is === 'matches' && (typeof than !== 'string' || !isPattern(than))) say('“matches” needs a regular expression')
  }) as unknown as z.ZodType<Condition>

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp
  } catch {
    return false
  }
}

/** `3`, `">=2"`, `"20±3"`, `"18..22"` → both ends included; undefined for anything else. */
export function parseBounds(written: string | number): Bounds | undefined {
  const range = /^\s*(\d+(?:\.\d+)?)\s*\.\.\s*(\d+(?:\.\d+)?)\s*$/.exec(String(written))
  if (range) {
    const [least, most] = [Number(range[1]), Number(range[2])]
    return least <= most ? { least, most } : undefined
  }
  const comparison = String(written).includes('%') ? undefined : parseComparison(written)
  if (!comparison) return undefined
  const { op, value } = comparison
  switch (op) {
    case '=':
      return { least: value, most: value }
    case '±':
      return { least: value - comparison.tolerance, most: value + comparison.tolerance }
    case '>=':
      return { least: value, most: Number.POSITIVE_INFINITY }
    case '<=':
      return { least: 0, most: value }
    // Counts are whole numbers.
    case '>':
      return { least: Math.floor(value) + 1, most: Number.POSITIVE_INFINITY }
    case '<':
      return { least: 0, most: Math.ceil(value) - 1 }
  }
}

/** No bound at all, for what a lab leaves out. */
export const unbounded: Bounds = { least: 0, most: Number.POSITIVE_INFINITY }

export const bounds = z
  .union([z.string(), z.number()], { error: 'write 3, ">=2", "20±3" or "18..22"' })
  .refine((written) => parseBounds(written) !== undefined, {
    error: ({ input }) => `“${input}” is not a number of things: write 3, ">=2", "20±3" or "18..22"`,
  })
  .transform((written) => parseBounds(written)!)
  .describe('how many: 3, ">=2", "20±3", "18..22"')

const bare = ['present', 'absent', 'client-address', 'as-sent'] as const

/** Of a header or body. */
export const expected = z
  .union(
    [
      z.enum(bare),
      z
        .strictObject({ equals: z.string().optional(), contains: z.string().optional(), lacks: z.string().optional() })
        .refine((parts) => Object.keys(parts).length === 1, 'one of equals, contains and lacks'),
    ],
    { error: 'write present, absent, client-address, as-sent, { equals: … }, { contains: … } or { lacks: … }' },
  )
  .transform((written): Expected => {
    if (typeof written === 'string') return { kind: written }
    const [kind, text] = Object.entries(written)[0] as ['equals' | 'contains' | 'lacks', string]
    return { kind, text }
  })
  .describe('client-address: where the request was sent from, in this runtime; as-sent: what the request had there')
