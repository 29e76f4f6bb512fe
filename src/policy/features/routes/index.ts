/** Which paths go to which origin. */
import { z } from 'zod'
import { name, path } from '../../fields.ts'
import type { Feature } from '../feature.ts'
import type { Route } from './line.ts'
import { type RouteNeeds, routeProbes } from './probes.ts'

const input = z
  .array(z.strictObject({ path, origin: name.describe('the origin that gets these requests') }))
  .min(1, 'a policy needs at least one route')
  .describe('which paths go to which origin; the longest prefix wins')

export const routes = {
  title: 'routes by path prefix',
  noun: 'routing',
  input,
  record: z.object({ path: z.string(), origin: z.string() }),
  toLine: (written) => written,
  mistakes: (lines, { instances, noOrigin }) =>
    lines.flatMap(({ origin }, index) =>
      instances.has(origin) ? [] : [{ path: [index, 'origin'], message: noOrigin(origin) }],
    ),
  words: ({ path, origin }) => `route ${path} to ${origin}`,
  appliesTo: ({ path }) => ({ path }),
  refusals: [404],
  probes: routeProbes,
} satisfies Feature<z.output<typeof input>[number], Route, RouteNeeds>
