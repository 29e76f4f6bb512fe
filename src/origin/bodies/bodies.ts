import type { BodyKind, OriginRoute } from '../../scenario/scenario.ts'
import { seededRandom } from '../../scenario/schedule/random.ts'
import { accountDocument, payment } from './accounts.ts'
import { type Draw, drawFrom } from './draw.ts'
import { anybody, type MadeFor } from './made-for.ts'
import { orderDocument, orderLine, orderSummary } from './orders.ts'
import { productDocument, productSummary, review } from './products.ts'

const keptBytes = 64 * 1024 * 1024

/** `consumer` is who the edge says is asking, empty where it says nothing; only personal documents depend on it. */
export type Bodies = (route: OriginRoute, path: string, consumer: string, made?: MadeFor) => Buffer

/**
 * The bodies of an origin: the same seed, path and what a document is made for (its consumer, where it is personal) give
 * the same bytes on every instance and machine. Kept once made, up to 64 MB; then all are forgotten and made anew.
 */
export function createBodies(seed: number): Bodies {
  const kept = new Map<string, Buffer>()
  let bytes = 0
  return (route, path, consumer, made = anybody) => {
    const owner = kinds[route.body].personal ? consumer : ''
    // No path has a space in it.
    const place = made === anybody ? `${path} ${owner}` : `${path} ${owner} ${JSON.stringify(made)}`
    const known = kept.get(place)
    if (known) return known
    const body = Buffer.from(`${documentText(route, seed, { path, owner, made })}\n`)
    if (bytes + body.length > keptBytes) {
      kept.clear()
      bytes = 0
    }
    kept.set(place, body)
    bytes += body.length
    return body
  }
}

type Part = Readonly<Record<string, unknown>>

/** What each kind is made of: a document around a list, and the entries by which the list grows. */
const kinds: Readonly<
  Record<
    BodyKind,
    {
      /** Belongs to the caller: another consumer gets another document of the same path. */
      readonly personal?: true
      readonly usual: number
      readonly entry: (draw: Draw, n: number) => Part
      /** `id` is the last segment of the path; of a personal document its owner. */
      readonly around: (draw: Draw, id: string | number, entries: readonly Part[]) => Part
    }
  >
> = {
  product: { usual: 2, entry: review, around: productDocument },
  order: { usual: 2, entry: orderLine, around: orderDocument },
  products: {
    usual: 4,
    entry: productSummary,
    around: (draw, _, products) => ({ products, total: products.length + draw.whole(0, 400), page: 1, next: null }),
  },
  orders: {
    usual: 4,
    entry: orderSummary,
    around: (draw, _, orders) => ({ orders, total: orders.length + draw.whole(0, 400), page: 1, filters: {} }),
  },
  account: {
    personal: true,
    usual: 2,
    entry: payment,
    around: (draw, owner, payments) => accountDocument(draw, owner === '' ? null : owner, payments),
  },
}

interface Wanted {
  readonly path: string
  readonly owner: string
  readonly made: MadeFor
}

function documentText({ body, sizeBytes = 0 }: OriginRoute, seed: number, { path, owner, made }: Wanted): string {
  const { personal, usual, entry, around } = kinds[body]
  const draw = drawFrom(seededRandom(seed ^ hash(path) ^ (personal ? hash(owner) : 0)))
  const print = (value: unknown): string => JSON.stringify(value, null, 2)
  const id = personal ? owner : idOf(path)
  const entries = Array.from({ length: usual }, (_, n) => entry(draw, n + 1))
  let bytes = Buffer.byteLength(print(around(draw, id, entries)))
  while (bytes < sizeBytes) {
    const next = entry(draw, entries.length + 1)
    entries.push(next)
    // As deep as in the document; its brackets stand for the comma and the line breaks.
    bytes += Buffer.byteLength(print([[next]])) - 10
  }
  const document = around(draw, id, entries)
  const whole = Object.keys(made.parts).length === 0 ? document : { madeFor: made.parts, ...document }
  return made.isCompact ? JSON.stringify(whole) : print(whole)
}

/** `/products/7` → 7; a last segment that is no small number stays text. */
function idOf(path: string): string | number {
  const last = path.split('/').at(-1) ?? ''
  return /^\d{1,9}$/.test(last) ? Number(last) : last
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let n = 0; n < text.length; n++) value = Math.imul(value ^ text.charCodeAt(n), 0x01000193)
  return value >>> 0
}
