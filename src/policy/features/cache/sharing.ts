/**
 * What a shared cache may give to whom (RFC 9111), at once and one after another. The origin is dressed to forbid the
 * sharing, and numbers its answers.
 */
import type { Exchange } from '../../../http/answer.ts'
import { headerOf } from '../../../http/headers.ts'
import { consumerHeader } from '../../headers.ts'
import { prefixTakes } from '../../paths/prefix.ts'
import { answerHeader, type Dress, type LineProbe, type ProbeContext, type ProbeTools } from '../../probes/probe.ts'
import { lineAt, verdict, whileDressed } from '../../probes/probing.ts'
import type { ApiKey } from '../api-key/line.ts'
import type { Cache } from './line.ts'

/** The lines by which callers are told apart, and those that may give one’s answer to another. */
export interface SharingNeeds {
  readonly cache: readonly Cache[]
  readonly apiKey: readonly ApiKey[]
}
type Context = ProbeContext<SharingNeeds>

/** Requests for one path, no two of which may have the same answer. */
interface Case {
  readonly what: string
  /** What the origin says with its answers. */
  readonly says: Readonly<Record<string, string>>
  /** What sets the requests apart, beside the consumer: they ask as the consumers in turn. */
  readonly askers: readonly Readonly<Record<string, string>>[]
}

const fresh = { 'cache-control': 'max-age=60' }

function casesOf(context: Context, path: string, atOnce: boolean): readonly Case[] {
  const apiKey = lineAt(context.policy.apiKey, path)
  const twice = [{}, {}]
  const all: readonly Case[] = [
    // §3: not stored, whatever freshness they have.
    { what: 'private', says: { 'cache-control': 'private, max-age=60' }, askers: twice },
    { what: 'no-store', says: { 'cache-control': 'no-store' }, askers: twice },
    // A ttl does not stand in for freshness where the answer is one caller's by its look.
    { what: 'Set-Cookie', says: { 'set-cookie': 'session=1' }, askers: twice },
    { what: 'Vary', says: { ...fresh, vary: 'user-agent' }, askers: [{ 'user-agent': 'a' }, { 'user-agent': 'b' }] },
    { what: 'Host', says: fresh, askers: [{ host: 'a.example' }, { host: 'b.example' }] },
    ...(apiKey?.header === 'authorization' ? [] : [authorization(atOnce)]),
  ]
  return withRoom(all, context, path, atOnce)
}

/** What asks at once needs so much room in the bucket. */
function withRoom(cases: readonly Case[], { headroom }: Context, path: string, atOnce: boolean): readonly Case[] {
  return atOnce ? cases.filter(({ askers }) => askers.length <= headroom(path)) : cases
}

/** §3.5. Who has none comes last: an answer made for them might be given to the others, which is allowed. */
function authorization(atOnce: boolean): Case {
  const named = [{ authorization: 'Bearer a' }, { authorization: 'Bearer b' }]
  return { what: 'Authorization', says: fresh, askers: atOnce ? named : [...named, {}] }
}

export function sharingProbes(context: Context, path: string): readonly LineProbe[] {
  return [false, true].flatMap((atOnce) => sharingProbe(context, path, casesOf(context, path, atOnce), atOnce))
}

/**
 * Consumers are known by their keys alone: an edge that checks no key cannot tell consumers apart. So this is a probe of
 * the apiKey line, where a cache line's path and its own meet.
 */
export function consumerSharingProbes(context: Context, keyPath: string): readonly LineProbe[] {
  const { policy } = context
  const path = policy.cache
    .map((cache) => (prefixTakes(keyPath, cache.path) ? cache.path : prefixTakes(cache.path, keyPath) ? keyPath : ''))
    .find((both) => both !== '' && lineAt(policy.cache, both))
  if (path === undefined || (lineAt(policy.apiKey, path)?.consumers.length ?? 0) < 2) return []
  const varies = [{ what: `Vary: ${consumerHeader}`, says: { ...fresh, vary: consumerHeader }, askers: [{}, {}] }]
  return [false, true].flatMap((atOnce) => sharingProbe(context, path, withRoom(varies, context, path, atOnce), atOnce))
}

function sharingProbe(context: Context, path: string, cases: readonly Case[], atOnce: boolean): readonly LineProbe[] {
  const paths = context.probePaths(path, cases.length)
  if (paths.length === 0 || cases.length === 0) return []
  return [
    {
      id: atOnce ? 'apart-at-once' : 'apart-in-turn',
      aspect: 'sharing',
      claim: `${atOnce ? 'at once' : 'one after another'}, nobody receives what is not theirs: ${cases.map(({ what }) => what).join(', ')}`,
      run: async (tools) => {
        const seen = await ask(tools, context, path, pathed(cases, paths), atOnce)
        const wrong = seen.filter((one) => one.answer.status !== 200 || sharedWith(one, seen) !== undefined)
        return verdict(
          wrong.length === 0,
          'each gets a 200 that was made for this request',
          wrong.map((one) => inWords(one, seen)).join('; ') || 'each gets a 200 that was made for this request',
          (wrong.length > 0 ? wrong : seen).map(({ answer }) => answer),
        )
      },
    },
  ]
}

interface Pathed extends Case {
  readonly path: string
}

const pathed = (cases: readonly Case[], paths: readonly string[]): readonly Pathed[] =>
  cases.map((each, n) => ({ ...each, path: paths[n]! }))

interface Seen {
  readonly of: Pathed
  /** Which of its askers, from 0. */
  readonly n: number
  readonly answer: Exchange
}

async function ask(
  tools: ProbeTools,
  { admitted, headroom, rested, inTurn }: Context,
  place: string,
  cases: readonly Pathed[],
  atOnce: boolean,
): Promise<readonly Seen[]> {
  const groups = atOnce ? inGroups(cases, headroom(place)) : [cases]
  const seen: Seen[] = []
  for (const group of groups) {
    // Those who ask at once are all to wait for it.
    const delayMs = atOnce ? 50 : 0
    const dressed = Object.fromEntries(
      group.map(({ path, says }): [string, Dress] => [path, { headers: says, delayMs }]),
    )
    const asked = group.flatMap((of) => of.askers.map((headers, n) => ({ of, n, headers })))
    const requests = asked.map(({ of, n, headers }) => admitted(of.path, headers, n))
    if (atOnce) await rested(tools, place, requests.length)
    const answers = await whileDressed(tools, dressed, () =>
      atOnce ? tools.together(requests) : inTurn(tools, place, ...requests),
    )
    seen.push(...asked.map(({ of, n }, at) => ({ of, n, answer: answers[at]! })))
  }
  return seen
}

/** The earlier one of the same case that has the same answer. */
function sharedWith({ of, n, answer }: Seen, seen: readonly Seen[]): Seen | undefined {
  const numberOf = ({ headers }: Exchange): string | undefined => headerOf(headers, answerHeader)
  return seen.find((other) => other.of === of && other.n < n && numberOf(other.answer) === numberOf(answer))
}

function inWords(one: Seen, seen: readonly Seen[]): string {
  const { status } = one.answer
  const got = status === 200 ? `the answer of request ${sharedWith(one, seen)!.n + 1}` : status || 'no answer'
  return `${one.of.what}: request ${one.n + 1} of ${one.of.askers.length} received ${got}`
}

/** In order, as many in a group as a bucket lets through at once. */
function inGroups(cases: readonly Pathed[], room: number): readonly (readonly Pathed[])[] {
  const groups: Pathed[][] = [[]]
  let left = room
  for (const one of cases) {
    if (one.askers.length > left) {
      groups.push([])
      left = room
    }
    groups.at(-1)!.push(one)
    left -= one.askers.length
  }
  return groups
}
