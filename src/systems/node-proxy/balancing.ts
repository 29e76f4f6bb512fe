export { balancing } from '../node-core/cells/balancing.ts'
