/** A policy as a run record keeps it. */
import { z } from 'zod'
import { featureOf, type LineOf, type PolicyFeature, perFeature } from './features/index.ts'

type Schemas = { readonly [F in PolicyFeature]: z.ZodType<readonly LineOf<F>[]> }

/** Lines of features that this version does not know stay as they are. (One that a record lacks: upgrade.ts.) */
export const policyRecord = z
  .object(perFeature((feature) => z.array(featureOf[feature].record)) as Schemas)
  .catchall(z.array(z.unknown()))
