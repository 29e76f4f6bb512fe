import { eachWithin, type JsonObject, within } from './json.ts'

/** Version 3 → 4. Everything was measured in rounds; now a scenario says how. */
export function from3(record: JsonObject): JsonObject {
  return eachWithin(record, 'scenarios', (each) =>
    within(each, 'scenario', (scenario) => ({ ...scenario, measure: 'rounds' })),
  )
}
