import { conformance } from '../conformance.ts'

await conformance('aws-api-gateway')
