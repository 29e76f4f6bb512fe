import { conformance } from '../conformance.ts'

await conformance('nginx-njs')
