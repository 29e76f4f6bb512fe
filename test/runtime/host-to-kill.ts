/** Opens a lab, starts an origin in it, says so and waits to be killed: `host-to-kill.ts <runtime> <run>`. */
import { openRuntime } from '../../src/runtime/open.ts'
import type { RuntimeKind } from '../../src/runtime/topology.ts'
import { never, originPart } from './lab.ts'

const [kind, runId] = process.argv.slice(2) as [RuntimeKind, string]
const runtime = await openRuntime(kind, { runId, signal: never })
const { place } = await runtime.start(await originPart(runtime, 'origin-1', 'back'))
console.log(`${place.address.host}:${place.address.port}`)
setInterval(() => undefined, 60_000)
