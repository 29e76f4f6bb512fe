import { eachWithin, type JsonObject, within } from './json.ts'

/** Version 3 → 4. Everything was measured in rounds, now a scenario says how; what is a system once more says of which. */
export function from3(record: JsonObject): JsonObject {
  return eachWithin(record, 'scenarios', (each) =>
    eachWithin(
      within(each, 'scenario', (scenario) => ({ ...scenario, measure: 'rounds' })),
      'subjects',
      // Only direct access was ever measured twice.
      (subject) =>
        subject['system'] === 'direct' && subject['label'] !== 'direct'
          ? { ...subject, duplicateOf: 'direct' }
          : subject,
    ),
  )
}
