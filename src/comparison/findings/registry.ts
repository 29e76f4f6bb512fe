/**
 * Every finding, one line each, in the order of the question. From here come the tabs of the app, the sections of the
 * reports, and what scenarios and labs may name.
 */
import type { FindingMetrics } from '../../scenario/metrics.ts'
import { balancing } from './behaviour/balancing/index.ts'
import { caching } from './behaviour/caching/index.ts'
import { order } from './behaviour/order/index.ts'
import { proof } from './behaviour/proof.ts'
import { quota } from './behaviour/quota.ts'
import { rateLimit } from './behaviour/rate-limit/index.ts'
import { sharing } from './behaviour/sharing/index.ts'
import { transform } from './behaviour/transform/index.ts'
import { managedCost } from './choice/managed-cost/index.ts'
import { verdict } from './choice/verdict/index.ts'
import { capacity } from './costs/capacity/index.ts'
import { cpu } from './costs/cpu/index.ts'
import { effort } from './costs/effort.ts'
import { latency } from './costs/latency/index.ts'
import type { FindingModule } from './module.ts'

export const findings = [
  verdict,
  latency,
  cpu,
  capacity,
  balancing,
  caching,
  sharing,
  rateLimit,
  quota,
  transform,
  order,
  managedCost,
  effort,
  proof,
] as const satisfies readonly FindingModule[]

export type FindingId = (typeof findings)[number]['id']

export const findingIds: readonly FindingId[] = findings.map(({ id }) => id)

/** What expectations and facts may name. */
export const findingMetrics: readonly FindingMetrics[] = findings.map((each: FindingModule) => ({
  id: each.id,
  metrics: each.metrics,
  feature: each.of === 'scenario' ? each.feature : null,
  appliesTo: each.of === 'scenario' ? each.applies : () => true,
}))
