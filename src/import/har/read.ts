/** HAR files, entry by entry: one may have hundreds of megabytes of bodies, of which only the largest is ever in memory. */
import { JSONParser } from '@streamparser/json'
import { EdgeLabError } from '../../errors.ts'
import { formatNumber } from '../../units.ts'
import type { Broken, Reading } from '../import.ts'
import { clear, newRecorded } from '../recorded.ts'
import { openSource } from '../source.ts'
import { newTally } from '../tally/tally.ts'
import { readEntry } from './entry.ts'

export interface HarOptions {
  /** Hosts whose requests are counted; those of the first request’s site where none is named. */
  readonly hosts: readonly string[]
  readonly signal: AbortSignal
  readonly onProgress: (readBytes: number, bytes: number) => void
}

/**
 * Rejects with EdgeLabError `recordingUnreadable` and `brokenHar`, and with the signal’s reason where it was aborted. A
 * file that breaks off behind some entries is read as far as it goes.
 */
export async function readHar(path: string, { hosts, signal, onProgress }: HarOptions): Promise<Reading> {
  const { chunks, bytes, readBytes } = await openSource(path, signal)
  const tally = newTally()
  const recorded = newRecorded()
  const broken = new Map<string, Broken>()
  const leftOut = new Map<string, number>()
  const elsewhere = new Map<string, number>()
  const dropped = { headers: 0, cookies: 0, credentials: 0, bodies: 0 }
  let entries = 0
  let site: string | undefined

  const take = (value: unknown): void => {
    entries += 1
    clear(recorded)
    const entry = readEntry(value, recorded)
    if (!entry) {
      const there = broken.get(notAnEntry) ?? { count: 0, examples: [] }
      broken.set(notAnEntry, there)
      there.count += 1
      return
    }
    for (const each of ['headers', 'cookies', 'credentials', 'bodies'] as const) dropped[each] += entry[each]
    if (entry.leftOut !== undefined) return void leftOut.set(entry.leftOut, (leftOut.get(entry.leftOut) ?? 0) + 1)
    site ??= siteOf(entry.host)
    const isWanted = hosts.length > 0 ? hosts.includes(entry.host) : siteOf(entry.host) === site
    if (isWanted) tally.add(recorded)
    else elsewhere.set(entry.host, (elsewhere.get(entry.host) ?? 0) + 1)
  }

  const why = await parseEntries(chunks, take, () => {
    signal.throwIfAborted()
    onProgress(readBytes(), bytes)
  })
  if (entries === 0)
    throw new EdgeLabError('brokenHar', { path, why: why ?? 'there is no list log.entries in it, or it is empty' })
  if (why !== undefined) broken.set(`the file breaks off behind entry ${entries}: ${why}`, { count: 1, examples: [] })
  const notes = [
    ...[...leftOut].map(([reason, count]) => `Left out: ${formatNumber(count)} ${reason}.`),
    ...(elsewhere.size > 0 ? [elsewhereNote(elsewhere)] : []),
    `Not kept: ${formatNumber(dropped.headers)} headers of requests (${formatNumber(dropped.cookies)} with cookies, ${formatNumber(dropped.credentials)} with credentials), ${formatNumber(dropped.bodies)} bodies.`,
  ]
  return { tally, recording: 'a HAR', broken, notes, least: 1 }
}

const notAnEntry = 'an entry without a time, method or URL'

/** Why the text is not whole; undefined where it is. */
async function parseEntries(
  chunks: AsyncIterable<Buffer>,
  take: (value: unknown) => void,
  afterEach: () => void,
): Promise<string | undefined> {
  let why: string | undefined
  const parser = new JSONParser({ paths: ['$.log.entries.*'], keepStack: false, stringBufferSize: 64 * 1024 })
  parser.onValue = ({ value }) => take(value)
  parser.onError = (error) => {
    why ??= error.message.split('\n')[0]!.slice(0, 120)
  }
  let first = true
  for await (const chunk of chunks) {
    const isMarked = first && chunk.subarray(0, 3).toString('hex') === 'efbbbf'
    first = false
    parser.write(isMarked ? chunk.subarray(3) : chunk)
    if (why !== undefined) return why
    afterEach()
  }
  return parser.isEnded ? undefined : 'it ends in the middle'
}

/** Host names without the port; of names with several labels the last two, or three where the second is as short as `co`. */
function siteOf(host: string): string {
  const name = host.replace(/:\d+$/, '')
  if (/^[\d.]+$|^\[/.test(name)) return name
  const labels = name.split('.')
  return labels
    .slice(labels.length > 2 && labels.at(-1)!.length === 2 && labels.at(-2)!.length <= 3 ? -3 : -2)
    .join('.')
}

function elsewhereNote(hosts: ReadonlyMap<string, number>): string {
  const sorted = [...hosts].sort((a, b) => b[1] - a[1])
  const total = sorted.reduce((sum, [, count]) => sum + count, 0)
  const named = sorted.slice(0, 3).map(([host, count]) => `${host} (${formatNumber(count)})`)
  const more = sorted.length > named.length ? ` and ${sorted.length - named.length} more` : ''
  return `Left out: ${formatNumber(total)} requests to other hosts: ${named.join(', ')}${more}. --host names those that count.`
}
