/** The scenario as a person would write it: YAML with comments that say where each number is from, and what to add. */
import { serves } from '../../scenario/served.ts'
import { formatNumber, formatShare } from '../../units.ts'
import { anyId } from '../paths/tree.ts'
import { type ClientKind, clientHeaders, clientKinds } from '../tally/clients.ts'
import type { Tally } from '../tally/tally.ts'
import { classesOf, type Line, linesOf } from './lines.ts'
import { type OriginRoute, originRoutes, prefixesOf, shareOfErrors } from './origin.ts'
import { mostPerSecond, type Pace } from './pace.ts'
import { bodyFor } from './request-body.ts'

export interface Written {
  readonly text: string
  readonly routes: number
  readonly lines: number
  readonly clients: readonly ClientKind[]
}

export interface About {
  /** The scenario’s name: lower-case letters, digits and hyphens. */
  readonly id: string
  /** `an access log (the combined format of NGINX and Apache)` */
  readonly recording: string
  /** Words of paths that fewer requests had are not kept. */
  readonly least: number
  readonly speed: number
}

export function writeScenario(tally: Tally, pace: Pace, about: About): Written {
  const classes = classesOf(tally, about.least)
  const routes = originRoutes(classes)
  const lines = linesOf(classes)
  const missing = tally.notFound.size > 0 ? missingPath(routes) : undefined
  const asker = mostOf(tally.notFound)
  const prefixes = prefixesOf([...routes, ...(missing === undefined ? [] : [{ path: missing }])])
  const clients = clientKinds.filter((kind) => kind === asker || lines.some(({ client }) => client === kind))
  const mix = mixOf(
    lines,
    tally,
    missing === undefined || asker === undefined ? undefined : { path: missing, client: asker },
  )
  const text = [
    ...headOf(tally, pace, about),
    'policy:',
    '  routes:',
    ...prefixes.map((prefix) => `    - { path: ${quoted(prefix)}, origin: imported }`),
    ...whatToAdd(routes[0]?.path ?? '/', prefixes[0]!),
    '',
    'origins:',
    '  imported:',
    '    routes:',
    '      # Sizes are medians of what was recorded; a document of under 1 KB or so is as small as it comes.',
    ...routes.map((route) => `      - ${flow(route)}`),
    ...(routes.length === 0 ? ['      - { path: "/none/{id}", body: product }'] : []),
    '',
    '# A header stands for all clients of a kind; their own were not kept.',
    'clients:',
    ...clients.map(clientLine),
    '',
    ...trafficOf(pace, mix),
    '',
    ...roundsOf(pace),
  ]
  return { text: `${text.join('\n')}\n`, routes: routes.length, lines: mix.length, clients }
}

function headOf(tally: Tally, pace: Pace, { id, recording, speed }: About): readonly string[] {
  const { secondsUsed, secondsThere, requestsUsed, cappedFrom } = pace
  const isPart = secondsUsed < secondsThere && requestsUsed < tally.requests
  return [
    `# ${formatNumber(tally.requests)} requests of ${recording}, as edgelab import made a scenario of them.`,
    ...(isPart
      ? [
          `# Rates are those of its busiest ${formatNumber(secondsUsed)} s out of ${formatNumber(secondsThere)} s (${formatNumber(requestsUsed)} requests); routes and weights are of all of it.`,
        ]
      : []),
    ...(speed === 1 ? [] : [`# Sent ${speed} times as fast as it was recorded.`]),
    ...(cappedFrom === undefined
      ? []
      : [
          `# Up to ${formatNumber(cappedFrom)} requests a second came; more than ${formatNumber(mostPerSecond)} would measure the driver, so that it stays there.`,
        ]),
    '# {id} and {1..n} stand for what differed from request to request. No address, header, query value or body was kept.',
    'formatVersion: 1',
    `id: ${id}`,
    `title: ${quoted(`Recorded traffic: ${id}`)}`,
    'question: What does this recorded traffic cost through each system?',
    '',
  ]
}

/** Lines that may be made part of the policy as they are. */
function whatToAdd(route: string, prefix: string): readonly string[] {
  const near = route.includes(anyId) ? route.slice(0, route.indexOf(`/${anyId}`)) || '/' : route
  return [
    '  # Nothing but routes is known of what was recorded. What the edge is to do beyond is yours to say, for example:',
    `  # cache: [{ path: ${quoted(near)}, ttl: 5s, key: [path, query], coalesce: true }]`,
    `  # rateLimit: [{ path: ${quoted(prefix)}, limit: 100/s, burst: 50, per: address }]`,
    '  # Keys need consumers, and clients that are one (clients: browser: { consumer: web, … }):',
    `  # apiKey: [{ path: ${quoted(prefix)}, header: x-api-key, consumers: [web] }]`,
  ]
}

function mostOf<Key>(counts: ReadonlyMap<Key, number>): Key | undefined {
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** A path that no route of the origin answers: deeper than any that begins with `{id}`. */
function missingPath(routes: readonly OriginRoute[]): string {
  let path = '/not-found/1'
  while (serves({ routes }, path)) path = path.replace('/not-found', '/not-found/x')
  return path.replace(/1$/, '{1..1000}')
}

function mixOf(
  lines: readonly Line[],
  { requests, notFound }: Tally,
  missing: { readonly path: string; readonly client: ClientKind } | undefined,
): readonly string[] {
  const weight = (count: number): number => Number(((count / requests) * 100).toPrecision(3))
  const written = lines.map((line) => {
    const { of, method } = line.class
    const parts = [
      `${method.toLowerCase()}: ${quoted(line.target)}`,
      ...(line.skew === 'zipf' ? ['skew: zipf'] : []),
      `client: ${line.client}`,
      `weight: ${weight(line.requests)}`,
      ...(shareOfErrors(of) >= 0.001 ? ['expect: [200, 503]'] : []),
      ...bodyFor(line.class),
    ]
    return `{ ${parts.join(', ')} } # ${statusesOf(of.statuses)}`
  })
  if (!missing) return written
  const count = [...notFound.values()].reduce((sum, each) => sum + each, 0)
  const line = `{ get: ${quoted(missing.path)}, client: ${missing.client}, weight: ${weight(count)}, expect: 404 }`
  return [...written, `${line} # whatever was not there`]
}

/** `200 93 %, 304 7 %`: as recorded. The origin answers 200, and 503 where there were errors. */
function statusesOf(statuses: ReadonlyMap<number, number>): string {
  const total = [...statuses.values()].reduce((sum, count) => sum + count, 0)
  const sorted = [...statuses].sort((a, b) => b[1] - a[1]).slice(0, 5)
  return sorted.map(([status, count]) => `${status || 'no answer'} ${formatShare(count / total)}`).join(', ')
}

function clientLine(kind: ClientKind): string {
  const { accept, userAgent } = clientHeaders[kind]
  const agent = userAgent === undefined ? '' : `, headers: { user-agent: ${quoted(userAgent)} }`
  return `  ${kind}: { accept: ${quoted(accept)}${agent} }`
}

function trafficOf({ phases }: Pace, mix: readonly string[]): readonly string[] {
  const [first] = phases
  return [
    '# Weights are per cent of all requests; behind each line the statuses that were recorded.',
    'traffic:',
    '  # Connections are opened and code is compiled before anything counts.',
    '  - phase: warm-up',
    '    for: 500ms',
    `    rate: ${Math.round(Math.max(first!.perSecond, 50))}/s`,
    '    warmUp: true',
    '    mix: &recorded',
    ...mix.map((line) => `      - ${line}`),
    ...phases.map(
      ({ forMs, perSecond }, at) =>
        `  - { phase: recorded-${at + 1}, for: ${durationOf(forMs)}, rate: ${perSecond}/s, mix: *recorded }`,
    ),
  ]
}

function durationOf(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`
}

/** A look at a few seconds of it; whoever wants all of it, several times, has to want it. */
function roundsOf({ phases }: Pace): readonly string[] {
  const seconds = phases.reduce((sum, { forMs }) => sum + forMs, 0) / 1000
  const share = Math.max(1, Math.round((4 / seconds) * 100))
  if (share >= 100) return ['rounds: { quick: 1, full: 6 }']
  return [`# A look takes ${share}% of each phase.`, `rounds: { quick: 1, quickShare: ${share}%, full: 3 }`]
}

function flow({ path, body, size, latency, errorRate }: OriginRoute): string {
  const parts = [
    `path: ${quoted(path)}`,
    `body: ${body}`,
    ...(size === undefined ? [] : [`size: ${size}`]),
    ...(latency ? [`latency: { p50: ${latency.p50}, p99: ${latency.p99} }`] : []),
    ...(errorRate === undefined ? [] : [`errorRate: ${errorRate}`]),
  ]
  return `{ ${parts.join(', ')} }`
}

/** JSON’s strings are YAML’s double-quoted ones. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
