/** A learner's progress of an older version in the shape of today's. */
import { eachMember, eachWithin, isObject, type JsonObject, pairs, within } from '../../measurement/upgrade/json.ts'
import { progressFormatVersion } from './progress.ts'

/** The value is not validated yet: anything but a progress of version 1 is returned unchanged. */
export function upgradeProgress(value: unknown): unknown {
  if (!isObject(value) || value['formatVersion'] !== 1) return value
  return eachMember({ ...value, formatVersion: progressFormatVersion }, 'steps', (step) =>
    within(step, 'observation', (observation) => eachMember(observation, 'roles', roleFrom1)),
  )
}

/** Headers were objects, and every request was a GET. */
function roleFrom1(role: JsonObject): JsonObject {
  const asked = within(role, 'answers', (answers) =>
    Object.keys(answers).reduce(
      (all, name) => eachWithin(all, name, (answer) => ({ ...answer, headers: pairs(answer['headers']) })),
      answers,
    ),
  )
  return within(asked, 'origin', (origin) =>
    eachWithin(origin, 'last', (request) => ({ method: 'GET', ...request, headers: pairs(request['headers']) })),
  )
}
