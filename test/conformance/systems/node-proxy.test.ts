import { conformance } from '../conformance.ts'

await conformance('node-proxy')
