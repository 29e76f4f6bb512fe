/** Fields that lines of several features have in common, as people write them in YAML. */
import { z } from 'zod'
import { described } from '../mistakes/words.ts'
import { parseDuration, parseRate } from '../units.ts'
import { pathMistake } from './paths/path-form.ts'

/** A name that may stand bare in any configuration format: `[a-z][a-z0-9-]*`. */
export type Name = string

const durationMessage = (given: unknown): string => `${described(given)} is not a duration: write 250ms, 2s or 5m`

/** `250ms`, `2s`, `5m` → milliseconds. */
export const duration = z
  .string({ error: ({ input }) => durationMessage(input) })
  .refine((text) => parseDuration(text) !== undefined, { error: ({ input }) => durationMessage(input) })
  .transform((text) => parseDuration(text)!)
  .describe('a duration: 250ms, 2s, 5m')

const rateMessage = (given: unknown): string => `${described(given)} is not a rate: write 10/s or 30/m, above 0`

/** `10/s`, `30/m` → per second. */
export const rate = z
  .string({ error: ({ input }) => rateMessage(input) })
  .refine((text) => (parseRate(text) ?? 0) > 0, { error: ({ input }) => rateMessage(input) })
  .transform((text) => parseRate(text)!)
  .describe('requests per second or minute: 10/s, 30/m')

export const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, {
    error: ({ input }) => `“${input}” is not a name: use a–z, 0–9 and -, beginning with a letter`,
  })
  .describe('a name: lower-case letters, digits and hyphens')

/** In the form of path-form.ts. Quotes, braces and `$` are allowed: every system quotes what it is given. */
export const path = z
  .string()
  .refine((text) => pathMistake(text) === undefined, { error: ({ input }) => pathMistake(String(input)) })
  .describe(
    'a path prefix on segment borders: /products takes /products/7, not /productsale. Written decoded: /café, not /caf%C3%A9; capitals matter',
  )

/** What may stand in a header's value (RFC 9110 §5.5), ASCII only, so that every system reads it alike. */
export const key = z
  .string()
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?$/, {
    error: 'a key is 1 to 256 printable ASCII characters without spaces at its ends: it travels in a header',
  })
  .describe('the secret itself; left out, a new one is made for every run')

/** Indices of entries that stand earlier in the list already. */
export function repeated(values: readonly unknown[]): readonly number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []))
}
