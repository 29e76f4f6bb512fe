/**
 * Older run records in the shape of today's. To change the shape of a record: raise `recordFormatVersion`, add the step
 * from the version before, and keep a record of that version in `test/measurement/records/`.
 */
import { policyFeatures } from '../../policy/features/index.ts'
import { recordFormatVersion } from '../run-record.ts'
import { from1 } from './from-1.ts'
import { from2 } from './from-2.ts'
import { from3 } from './from-3.ts'
import { eachWithin, isObject, type JsonObject, within } from './json.ts'

/** Version 4 → 5. Histograms are packed and may be of longer spans; those of version 4 are read as they are. */
const from4 = (record: JsonObject): JsonObject => record

/** The step at index n lifts version n + 1 to the next one. */
const steps: readonly ((record: JsonObject) => JsonObject)[] = [from1, from2, from3, from4]

/** The value is not validated yet: anything but a record of a known older version is returned unchanged. */
export function upgrade(value: unknown): unknown {
  if (!isObject(value) || !isKnown(value['formatVersion'])) return value
  const lifted = steps.slice(value['formatVersion'] - 1).reduce((record, step) => step(record), value)
  return withEveryFeature({ ...lifted, formatVersion: recordFormatVersion })
}

function isKnown(version: unknown): version is number {
  return Number.isInteger(version) && (version as number) >= 1 && (version as number) <= recordFormatVersion
}

/** A feature that did not exist when the record was made was not used: its list of lines is empty. */
function withEveryFeature(record: JsonObject): JsonObject {
  const unused = Object.fromEntries(policyFeatures.map((feature) => [feature, []]))
  return eachWithin(record, 'scenarios', (each) =>
    within(each, 'scenario', (scenario) => within(scenario, 'policy', (policy) => ({ ...unused, ...policy }))),
  )
}
