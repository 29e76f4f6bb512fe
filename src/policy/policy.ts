/** What whoever reads a policy needs beside its lines. The lines’ types are those of their features. */
export type { Policy } from './features/index.ts'
export type { Name } from './fields.ts'
export { cacheStatusHeader, consumerHeader, fromCacheWords } from './headers.ts'
