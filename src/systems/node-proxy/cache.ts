export { cache } from '../node-core/cells/cache.ts'
