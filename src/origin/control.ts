import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Dress } from '../policy/probes/probe.ts'
import type { Spell } from '../scenario/scenario.ts'
import { type OriginBehaviour, type OriginSpec, originControl } from './spec.ts'
import type { Tally } from './tally.ts'

/** The control API (see spec.ts): reads and resets the counts, and holds how the instance behaves for now. */
export interface Control {
  calm(): boolean
  failing(): boolean
  breakingOff(): boolean
  /** Whether it is time for it: a round begins with a reset. Never while calm. */
  isTimeOf(spell: Spell): boolean
  /** How this path with its query is to be answered; undefined: as the routes say. */
  dressOf(url: string): Dress | undefined
  answer(request: IncomingMessage, response: ServerResponse): void
}

export function createControl({ token }: Pick<OriginSpec, 'token'>, tally: Tally): Control {
  let calm = false
  let roundBegan = Number.POSITIVE_INFINITY
  let failing = false
  let breakingOff = false
  let dressed: ReadonlyMap<string, Dress> = new Map()
  const expected = digest(`Bearer ${token}`)
  const end = (response: ServerResponse, status: number, value?: unknown): void => {
    response.writeHead(status, value === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' })
    response.end(value === undefined ? undefined : JSON.stringify(value))
  }
  const routes: Readonly<Record<string, (body: string, response: ServerResponse) => void>> = {
    [`GET ${originControl.counts}`]: (_, response) => end(response, 200, tally.counts()),
    [`POST ${originControl.reset}`]: (_, response) => {
      tally.reset()
      roundBegan = performance.now()
      end(response, 204)
    },
    [`POST ${originControl.behaviour}`]: (body, response) => {
      const wanted = behaviourIn(body)
      if (!wanted) return end(response, 400, { error: 'expected calm, failing, breakingOff or dressed' })
      calm = wanted.calm ?? calm
      failing = wanted.failing ?? failing
      breakingOff = wanted.breakingOff ?? breakingOff
      if (wanted.dressed) dressed = new Map(Object.entries(wanted.dressed))
      end(response, 204)
    },
  }
  return {
    calm: () => calm,
    failing: () => failing,
    breakingOff: () => breakingOff,
    isTimeOf: ({ fromMs, forMs }) => {
      const at = performance.now() - roundBegan
      return !calm && at >= fromMs && at < fromMs + forMs
    },
    dressOf: (url) => dressed.get(url),
    answer(request, response) {
      if (request.url === originControl.ready) return end(response, 204)
      if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected))
        return end(response, 401, { error: 'unauthorized' })
      const route = routes[`${request.method} ${request.url}`]
      if (!route) return end(response, 404, { error: 'not_found' })
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => route(Buffer.concat(chunks).toString(), response))
    },
  }
}

/** Digests have one length, which is what a comparison in constant time needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/**
 * Undefined where the body is no behaviour. Only EdgeLab itself has the token, so the shape within `dressed` is not
 * checked.
 */
function behaviourIn(body: string): OriginBehaviour | undefined {
  try {
    const value = JSON.parse(body) as Readonly<Record<string, unknown>>
    const known = Object.entries(value).every(([name, part]) =>
      name === 'dressed'
        ? isObject(part)
        : ['calm', 'failing', 'breakingOff'].includes(name) && typeof part === 'boolean',
    )
    return known && isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
