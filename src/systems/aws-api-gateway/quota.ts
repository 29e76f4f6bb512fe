import type { Quota } from '../../policy/features/quota/line.ts'
import { locations } from '../../policy/locations.ts'
import type { Policy } from '../../policy/policy.ts'
import type { LineFidelity } from '../cell.ts'
import type { ApiCell } from './definition/adds.ts'
import { whyNoResource } from './definition/resources.ts'

export const quota: ApiCell<'quota'> = {
  support: {
    level: 'native',
    how: 'The quota of a usage plan: how many requests each key has in a day, a week or a month. It holds for everything that the key opens, not for single paths. What comes then is 429 “Limit Exceeded”, without a word of when the next period begins. AWS applies it on a best-effort basis, and says that nobody should rely on it to control costs; throttled requests are not billed.',
    docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html',
  },
  adds: {
    usagePlan: ({ quota: [line] }) =>
      line ? { Quota: { Limit: line.requests, Offset: 0, Period: line.period === 'day' ? 'DAY' : 'MONTH' } } : {},
  },
  cannot: (line, { quota: [first] }) =>
    line === first
      ? whyNoResource(line.path)
      : `A usage plan has one quota for all that its keys open: another than that of ${first?.path} takes another plan with keys of its own.`,
  fidelity,
}

function fidelity(line: Quota, policy: Policy): LineFidelity {
  const wider = locations(policy).filter(({ apiKey, quota }) => apiKey !== undefined && quota !== line)
  return {
    level: 'approximated',
    how: [
      `Quota of the usage plan, ${line.requests} a ${line.period} for each key, as a target and not as a guarantee.`,
      wider.length > 0
        ? `What a key asks for elsewhere counts as well (${wider.map(({ path }) => path).join(', ')}): the quota is the plan’s, not the path’s.`
        : '',
      'Throttled requests do not count here; of the real service AWS does not say.',
    ]
      .filter(Boolean)
      .join(' '),
  }
}
