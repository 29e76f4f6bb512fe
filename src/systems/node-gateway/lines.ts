import { coreSources } from '../node-core/lines.ts'
import type { System } from '../system.ts'

/** Which of our sources carry what; a test counts them (test/systems/program-lines.test.ts). */
export const sources = {
  ...coreSources,
  base: [...coreSources.base, 'node-gateway/program/main.ts'],
  apiKey: ['node-gateway/program/keys.ts'],
  rateLimit: ['node-gateway/program/limits.ts'],
  transform: ['representations', 'transform', 'write'].map((name) => `node-gateway/program/${name}.ts`),
}

export const programLines = {
  base: 568,
  routes: 37,
  balancing: 48,
  cache: 704,
  apiKey: 30,
  rateLimit: 38,
  transform: 135,
} as const satisfies System['programLines']
