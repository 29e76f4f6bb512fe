/** The probes of a policy: what must be seen for each of its lines to be believed. */
import { type PolicyLine, policyLines } from '../lines.ts'
import type { Probe } from '../probe.ts'
import { apiKeyProbes } from './api-key.ts'
import { balancingProbes } from './balancing.ts'
import { cacheProbes } from './cache.ts'
import type { ProbeContext } from './context.ts'
import { rateLimitProbes } from './rate-limit.ts'
import { routeProbes } from './routes.ts'
import { transformProbes } from './transform.ts'

const byFeature = {
  routes: routeProbes,
  balancing: balancingProbes,
  cache: cacheProbes,
  apiKey: apiKeyProbes,
  rateLimit: rateLimitProbes,
  transform: transformProbes,
} as const satisfies Record<PolicyLine['feature'], (context: ProbeContext, line: PolicyLine) => readonly Probe[]>

/** Every probe of every line, in the order of the policy. */
export function probesFor(context: ProbeContext): readonly Probe[] {
  return policyLines(context.policy).flatMap((line) => byFeature[line.feature](context, line))
}
