export { routes } from '../node-core/cells/routes.ts'
