import { valueAt } from '../../mistakes/inspect.ts'
import { eachMember, eachWithin, isObject, type JsonObject, pairs, within } from './json.ts'

/**
 * Version 1 → 2. What was added to version 1 in the course of time, and therefore might be missing, is always there from
 * version 2 on. Requests and answers have one shape everywhere: what was sent were GETs, of which a mix knew the path and
 * a client the Accept header, and the evidence of probes had its headers in objects.
 */
export function from1(record: JsonObject): JsonObject {
  const { quick = false, declared = [] } = record
  return eachWithin({ ...record, quick, declared }, 'scenarios', (each) => {
    const { scenario } = each
    const planned = within(each, 'scenario', scenarioFrom1)
    const measured = eachWithin(planned, 'rounds', (round) =>
      eachWithin({ ...round, faults: round['faults'] ?? {} }, 'samples', (sample) => sampleFrom1(sample, scenario)),
    )
    return eachWithin(measured, 'subjects', (subject) =>
      eachWithin(subject, 'proof', (probe) => eachWithin(probe, 'evidence', exchangeFrom1)),
    )
  })
}

function scenarioFrom1(scenario: JsonObject): JsonObject {
  const mixed = eachWithin(scenario, 'traffic', (phase) =>
    eachWithin(phase, 'mix', ({ get, ...entry }) => ({ ...requestFrom1({ path: get }), ...entry })),
  )
  return eachMember(mixed, 'clients', ({ accept, ...client }) => ({ headers: acceptHeader(accept), ...client }))
}

function exchangeFrom1({ request, headers, ...answer }: JsonObject): JsonObject {
  return { request: isObject(request) ? requestFrom1(request) : request, headers: pairs(headers), ...answer }
}

function requestFrom1({ method = 'GET', path, headers = {} }: JsonObject): JsonObject {
  return { method, path, headers: pairs(headers) }
}

/** The headers of a sample's request were not kept: they are those of its client. */
function sampleFrom1({ phase, client, path, ...answer }: JsonObject, scenario: unknown): JsonObject {
  const headers = clientFrom1(scenario, client)
  return { phase, client, request: { method: 'GET', path, headers }, ...answer }
}

/** Accept and key, a placeholder where it was a consumer's. */
function clientFrom1(scenario: unknown, client: unknown): readonly unknown[] {
  const at = (key: string): unknown => valueAt(scenario, ['clients', String(client), key])
  const [consumer, key] = [at('consumer'), at('key')]
  const lines = listAt(scenario, ['policy', 'apiKey'])
  const isOf = (line: unknown): boolean =>
    listAt(line, ['consumers']).some((each) => valueAt(each, ['name']) === consumer)
  const header = valueAt(lines.find(isOf) ?? lines[0], ['header'])
  const shown = key ?? (consumer === undefined ? undefined : `KEY-OF-${String(consumer)}`)
  return [...acceptHeader(at('accept')), ...(header === undefined || shown === undefined ? [] : [[header, shown]])]
}

function listAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const list = valueAt(value, path)
  return Array.isArray(list) ? list : []
}

function acceptHeader(accept: unknown): readonly unknown[] {
  return accept === undefined ? [] : [['accept', accept]]
}
