import { defineConfig } from 'vitest/config'

/** The tests that need a container engine: run by `npm run test:containers` and by `.ci/run`. */
export default defineConfig({
  test: {
    include: ['test/**/*.containers.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
})
