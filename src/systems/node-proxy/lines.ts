import { coreSources } from '../node-core/lines.ts'
import type { System } from '../system.ts'

/** Which of our sources carry what; a test counts them (test/systems/program-lines.test.ts). */
export const sources = {
  ...coreSources,
  base: [...coreSources.base, 'node-proxy/program/main.ts'],
}

export const programLines = {
  base: 553,
  routes: 37,
  balancing: 48,
  cache: 704,
  apiKey: 0,
  rateLimit: 0,
  transform: 0,
} as const satisfies System['programLines']
