import { defineConfig } from 'vitest/config'
import { LongestFirst } from './vitest.config.ts'

/** The tests that need a container engine: run by `npm run test:containers` and by `.ci/run`. */
export default defineConfig({
  test: {
    include: ['test/**/*.containers.test.ts', 'test/conformance/systems/*.test.ts'],
    provide: { runtime: 'containers' },
    expect: { requireAssertions: true },
    env: { EDGELAB_OFFLINE: '1' },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Conformance takes as long as all the others, and mostly waits. These stay one after another: they clean up, and
    // count what they cleaned.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
})
