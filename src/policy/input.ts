/** The policy as people write it in YAML: the schema that reads it and that editors complete from. */
import { z } from 'zod'
import { features, type PolicyFeature, perFeature, type WrittenOf } from './features/index.ts'

type Schemas = { readonly [F in PolicyFeature]: (typeof features)[F]['input'] }

export const policyInput = z.strictObject(perFeature((feature) => features[feature].input) as Schemas)

export type PolicyInput = { readonly [F in PolicyFeature]: readonly WrittenOf<F>[] }
