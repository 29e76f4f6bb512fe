import { eachWithin, type JsonObject } from './json.ts'

/**
 * Version 1 → 2. What was added to version 1 in the course of time, and therefore might be missing, is always there from
 * version 2 on.
 */
export function from1(record: JsonObject): JsonObject {
  const { quick = false, declared = [] } = record
  return eachWithin({ ...record, quick, declared }, 'scenarios', (scenario) =>
    eachWithin(scenario, 'rounds', (round) => ({ ...round, faults: round['faults'] ?? {} })),
  )
}
