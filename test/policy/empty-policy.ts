import { type Policy, policyOf } from '../../src/policy/features/index.ts'

/** No line of any feature. Tests name the lines that they are about, so that none has to follow a new feature. */
export const emptyPolicy: Policy = policyOf(() => [])
