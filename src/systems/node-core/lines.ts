import type { PolicyFeature } from '../../policy/features.ts'

/** Which sources of ours carry what: `test/systems/program-lines.test.ts` counts them. */
export const coreSources = {
  base: ['node-core/config.ts', 'node-core/headers.ts', 'node-core/server.ts'],
  balancing: ['node-core/balance.ts'],
  cache: ['node-core/remember.ts'],
} as const satisfies Partial<Record<'base' | PolicyFeature, readonly string[]>>
