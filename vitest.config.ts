import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/**/*.containers.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores at most are assumed; paced traffic and process starts do not like company.
    maxWorkers: 2,
  },
})
