import { coreSources } from '../node-core/lines.ts'
import type { System } from '../system.ts'

/** Which of our sources carry what; a test counts them (test/systems/program-lines.test.ts). */
export const sources = {
  ...coreSources,
  base: [...coreSources.base, 'node-gateway/program/main.ts'],
  apiKey: ['node-gateway/program/keys.ts'],
  rateLimit: ['node-gateway/program/limits.ts'],
  transform: ['node-gateway/program/transform.ts', 'node-gateway/program/write.ts'],
} as const

export const programLines = {
  base: 164,
  routes: 0,
  balancing: 56,
  cache: 82,
  apiKey: 22,
  rateLimit: 31,
  transform: 113,
} as const satisfies System['programLines']
