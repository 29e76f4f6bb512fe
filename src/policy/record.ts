/** A policy as a run record keeps it. */
import { z } from 'zod'
import { featureOf, type LineOf, type PolicyFeature, perFeature } from './features/index.ts'

type Schemas = { readonly [F in PolicyFeature]: z.ZodType<readonly LineOf<F>[]> }

/**
 * Features that the record does not mention were not used; lines of features that this version does not know stay as
 * they are.
 */
export const policyRecord = z
  .object(perFeature((feature) => z.array(featureOf[feature].record).default([])) as Schemas)
  .catchall(z.array(z.unknown()))
