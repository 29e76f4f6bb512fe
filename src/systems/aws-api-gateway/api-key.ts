import type { ApiKey } from '../../policy/features/api-key/line.ts'
import { prefixTakes } from '../../policy/paths/prefix.ts'
import type { Policy } from '../../policy/policy.ts'
import type { ApiCell } from './definition/adds.ts'
import { keyScheme } from './definition/methods.ts'
import { whyNoResource } from './definition/resources.ts'
import type { ApiKeyResource } from './definition/stage.ts'

export const apiKey: ApiCell<'apiKey'> = {
  support: {
    level: 'native',
    how: 'Keys that belong to a usage plan, in X-API-Key and no other header. A missing or wrong one is answered with 403 “Forbidden”, not 401. A key opens every method that wants one: keys for single paths take an authorizer of your own. The origin gets the id of the key. AWS says itself that keys identify and meter callers, and do not authorize them.',
    docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html',
  },
  adds: {
    document: ({ apiKey }) =>
      apiKey.length === 0
        ? {}
        : {
            components: { securitySchemes: { [keyScheme]: { type: 'apiKey', name: 'x-api-key', in: 'header' } } },
            'x-amazon-apigateway-api-key-source': 'HEADER',
          },
    stageFile: ({ apiKey }) => ({ ApiKeys: keysOf(apiKey) }),
    usagePlan: ({ apiKey }) => ({ KeyIds: keysOf(apiKey).map(({ Id }) => Id) }),
    method: ({ apiKey }) =>
      apiKey
        ? {
            needsKey: true,
            requestParameters: {
              'integration.request.header.X-Consumer': 'context.identity.apiKeyId',
              // A proxy integration would hand the key on: the id stands in for it.
              'integration.request.header.X-API-Key': 'context.identity.apiKeyId',
            },
          }
        : {},
  },
  cannot: ({ path, header, consumers }, { apiKey: [first] }) => {
    if (header !== 'x-api-key')
      return `API Gateway reads keys from X-API-Key alone; ${header} takes an authorizer of your own.`
    if (first && !sameConsumers(first, { consumers }))
      return `A key of API Gateway opens every path that wants one: other consumers than those of ${first.path} take an authorizer of your own.`
    return whyNoResource(path)
  },
  fidelity: () => ({
    level: 'approximated',
    how: 'security on each method, and the keys in stage.json. Refusals are 403 with ForbiddenException and no WWW-Authenticate, where the policy says 401. The origin gets the id of the key in X-Consumer: here the consumer’s name, at AWS one that it makes up.',
  }),
}

/** The keys of all lines, each once; the lines have the same consumers. */
function keysOf(lines: readonly ApiKey[]): readonly ApiKeyResource[] {
  return (lines[0]?.consumers ?? []).map(({ name, key }) => ({ Id: name, Name: name, Value: key, Enabled: true }))
}

/** Why answers below a path cannot be told apart by whose they are: keys there that API Gateway does not read. */
export function otherKeys(policy: Policy, path: string): string | undefined {
  const reasons = policy.apiKey.map((line) =>
    prefixTakes(line.path, path) || prefixTakes(path, line.path) ? apiKeyCannot(line, policy) : undefined,
  )
  const reason = reasons.find((each) => each !== undefined)
  return reason && `It could not tell whose answer it keeps: ${reason}`
}

function apiKeyCannot(line: ApiKey, policy: Policy): string | undefined {
  return 'cannot' in apiKey ? apiKey.cannot?.(line, policy) : undefined
}

function sameConsumers(one: Pick<ApiKey, 'consumers'>, other: Pick<ApiKey, 'consumers'>): boolean {
  const text = ({ consumers }: Pick<ApiKey, 'consumers'>): string =>
    JSON.stringify(consumers.map(({ name, key }) => [name, key]).sort())
  return text(one) === text(other)
}
