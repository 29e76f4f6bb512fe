/** How requests spread over the instances of an origin. */
import { z } from 'zod'
import { name } from '../../fields.ts'
import type { Feature, LineMistake, MistakeContext } from '../feature.ts'
import { type Balancing, plainBalancing } from './line.ts'
import { type BalancingNeeds, balancingProbes } from './probes.ts'

const methods = z.enum(['round-robin', 'least-connections', 'weighted'])

const input = z
  .array(
    z.strictObject({
      origin: name,
      method: methods,
      weights: z.array(z.int().min(1).max(100)).min(1).optional().describe('one per instance; only with weighted'),
    }),
  )
  .default([])
  .describe('how requests spread over the instances of an origin; round-robin where nothing is said')
type Written = z.output<typeof input>[number]

export const balancing = {
  title: 'balancing over the instances of an origin',
  noun: 'balancing',
  input,
  record: z.object({ origin: z.string(), method: methods, weights: z.array(z.number()).exactOptional() }),
  toLine: ({ origin, method, weights }) => ({ origin, method, ...(weights ? { weights } : {}) }),
  mistakes: (lines, context) => lines.flatMap((line, index) => mistakesOf(line, index, context)),
  words: ({ origin, method, weights }) => [`balance ${origin} by ${method}`, weights?.join(':') ?? ''].join(' ').trim(),
  appliesTo: ({ origin }) => ({ origin }),
  otherwise: plainBalancing,
  probes: balancingProbes,
} satisfies Feature<Written, Balancing, BalancingNeeds>

function mistakesOf(
  { origin, method, weights }: Written,
  index: number,
  { instances, noOrigin }: MistakeContext,
): readonly LineMistake[] {
  const at = (field: string, message: string): LineMistake => ({ path: [index, field], message })
  if (!instances.has(origin)) return [at('origin', noOrigin(origin))]
  if (method === 'weighted' && weights?.length !== instances.get(origin))
    return [
      at(
        weights ? 'weights' : 'method',
        `weighted needs one weight per instance of ${origin}: ${instances.get(origin)}`,
      ),
    ]
  return method !== 'weighted' && weights ? [at('weights', 'weights mean something only with weighted')] : []
}
