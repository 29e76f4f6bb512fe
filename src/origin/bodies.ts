/**
 * The documents that origins answer with: a product catalogue and orders, made from seed and path, so that every
 * instance and every run has the same. They hold what transforms tend to break: long numbers, empty lists, text with
 * markup, characters beyond ASCII.
 */
import { seededRandom } from '../scenario/random.ts'
import type { BodyKind } from '../scenario/scenario.ts'

/** A number that JavaScript could not hold, written as it is. Node’s JSON.rawJSON (V8 11.4) keeps its text. */
const rawNumber = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON

const adjectives = ['Quiet', 'Folding', 'Brass', 'Woollen', 'Everyday', 'Light', 'Nordic', 'Compact', 'Oak', 'Blue']
const nouns = ['lamp', 'chair', 'kettle', 'blanket', 'desk', 'clock', 'shelf', 'bicycle', 'jug', 'radio']
const remarks = [
  'Fits under a 60" shelf & costs less than it looks.',
  'Größe prüfen: passt nicht in jede Tür.',
  'Says "hello" when switched on; <em>loudly</em>.',
  'Works without <script>alert("scripts")</script>.',
  "Doesn't rust, doesn't squeak.",
  '丈夫で軽い。',
  'Path C:\\parts\\7, see the manual.',
]

type Random = () => number
const pick = <Item>(random: Random, from: readonly Item[]): Item => from[Math.floor(random() * from.length)]!
const whole = (random: Random, from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
const price = (random: Random): number => whole(random, 199, 49_999) / 100
/** Seventeen digits and more: beyond 2^53, where doubles begin to skip numbers. */
const longNumber = (random: Random): unknown =>
  rawNumber(`9${Array.from({ length: 17 }, () => whole(random, 0, 9)).join('')}`)

function review(random: Random): unknown {
  return {
    stars: whole(random, 1, 5),
    verified: random() < 0.6,
    text: pick(random, remarks),
    replies: random() < 0.5 ? [] : [pick(random, remarks)],
  }
}

function product(random: Random, id: string): Record<string, unknown> {
  return {
    id,
    sku: `${pick(random, nouns).slice(0, 3).toUpperCase()}-${whole(random, 1000, 9999)}`,
    barcode: longNumber(random),
    name: `${pick(random, adjectives)} ${pick(random, nouns)}`,
    description: pick(random, remarks),
    price: { amount: price(random), currency: 'EUR', discount: random() < 0.7 ? null : 0.15 },
    available: random() < 0.8,
    tags: random() < 0.2 ? [] : [pick(random, adjectives).toLowerCase(), pick(random, nouns)],
    attributes:
      random() < 0.2 ? {} : { 'energy class': pick(random, ['A', 'B', 'C']), weight_kg: whole(random, 1, 90) / 10 },
    stock: ['north', 'south'].map((warehouse) => ({ warehouse, units: whole(random, 0, 400) })),
    reviews: Array.from({ length: whole(random, 0, 2) }, () => review(random)),
  }
}

function order(random: Random, id: string): Record<string, unknown> {
  const lines = Array.from({ length: whole(random, 1, 3) }, (_, n) => ({
    line: n + 1,
    sku: `${pick(random, nouns).slice(0, 3).toUpperCase()}-${whole(random, 1000, 9999)}`,
    quantity: whole(random, 1, 5),
    price: price(random),
  }))
  return {
    id,
    ledger: longNumber(random),
    placed: `2026-${String(whole(random, 1, 12)).padStart(2, '0')}-${String(whole(random, 1, 28)).padStart(2, '0')}T09:30:00Z`,
    status: pick(random, ['open', 'packed', 'sent', 'returned']),
    customer: {
      name: pick(random, ['Ada & Co.', 'Müller KG', '"Quotes" Ltd', 'O’Neill']),
      vip: random() < 0.1,
      note: null,
    },
    lines,
    coupons: [],
    history: [pick(random, remarks)],
  }
}

/** The document of a path as indented JSON, grown to about `sizeBytes` where that is given. */
export function makeBody(kind: BodyKind, path: string, seed: number, sizeBytes = 0): Buffer {
  const random = seededRandom(seed ^ hash(path))
  const id = decodeURIComponent(path.split('/').at(-1) ?? '')
  const grown = growing(sizeBytes, random)
  switch (kind) {
    case 'product': {
      const one = product(random, id)
      return text({ ...one, reviews: grown(one['reviews'] as unknown[], (r) => review(r)) })
    }
    case 'order': {
      const one = order(random, id)
      return text({ ...one, history: grown(one['history'] as unknown[], (r) => pick(r, remarks)) })
    }
    case 'products': {
      const products = grown([], (r, n) => product(r, String(n + 1)), 3)
      return text({ page: 1, total: products.length, next: null, products })
    }
    case 'orders': {
      const orders = grown([], (r, n) => order(r, String(n + 1)), 3)
      return text({ page: 1, total: orders.length, next: null, orders })
    }
  }
}

type Grow = (
  list: readonly unknown[],
  make: (random: Random, n: number) => unknown,
  least?: number,
) => readonly unknown[]

/** Adds entries until the list alone has about the wanted size in indented JSON. */
function growing(sizeBytes: number, random: Random): Grow {
  return (list, make, least = 0) => {
    const entries = [...list]
    let bytes = 0
    while (entries.length < least || bytes < sizeBytes) {
      const entry = make(random, entries.length)
      entries.push(entry)
      // Two more levels of indentation than alone: four spaces a line.
      const alone = JSON.stringify(entry, null, 2)
      bytes += Buffer.byteLength(alone) + 4 * alone.split('\n').length
    }
    return entries
  }
}

function text(document: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(document, null, 2)}\n`)
}

/** FNV-1a, 32 bits: spreads paths over seeds. */
function hash(value: string): number {
  let sum = 0x811c9dc5
  for (let index = 0; index < value.length; index += 1) sum = Math.imul(sum ^ value.charCodeAt(index), 0x01000193)
  return sum >>> 0
}
