import type { PolicyFeature } from '../../policy/features.ts'

/** Which sources of ours carry what: `test/systems/program-lines.test.ts` counts them. */
export const coreSources = {
  base: [
    'config',
    'connection',
    'edge',
    'headers',
    'informational',
    'read-config',
    'refusal',
    'relay',
    'request-check',
    'server',
    'upstream',
    'request-context',
  ].map((name) => `node-core/${name}.ts`),
  routes: ['node-core/request-path.ts'],
  balancing: ['node-core/balance.ts'],
  cache: [
    'cache',
    'cache-note',
    'cache-origin',
    'cache-store',
    'coalescing',
    'conditions',
    'flight',
    'whole-answer',
  ].map((name) => `node-core/${name}.ts`),
} satisfies Partial<Record<'base' | PolicyFeature, readonly string[]>>
