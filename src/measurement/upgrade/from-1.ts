import { eachWithin, isObject, type JsonObject, pairs } from './json.ts'

/**
 * Version 1 → 2. What was added to version 1 in the course of time, and therefore might be missing, is always there from
 * version 2 on. Requests and answers have one shape everywhere: the evidence of probes had another.
 */
export function from1(record: JsonObject): JsonObject {
  const { quick = false, declared = [] } = record
  return eachWithin({ ...record, quick, declared }, 'scenarios', (scenario) => {
    const withFaults = eachWithin(scenario, 'rounds', (round) => ({ ...round, faults: round['faults'] ?? {} }))
    return eachWithin(withFaults, 'subjects', (subject) =>
      eachWithin(subject, 'proof', (probe) => eachWithin(probe, 'evidence', exchangeFrom1)),
    )
  })
}

/** Headers were an object, and a request without a method was a GET. */
function exchangeFrom1({ request, headers, ...answer }: JsonObject): JsonObject {
  const lifted = isObject(request)
    ? { method: request['method'] ?? 'GET', path: request['path'], headers: pairs(request['headers'] ?? {}) }
    : request
  return { request: lifted, headers: pairs(headers), ...answer }
}
