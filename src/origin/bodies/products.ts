/** The product catalogue: what a shop's API answers, with all that makes a transformation hard. */
import type { Draw } from './draw.ts'

type Part = Readonly<Record<string, unknown>>

const makes = [
  'Nordlys',
  'Pérez & Söhne',
  'Kanade 奏',
  'Atelier “Brume”',
  'Ōtsuka',
  'Fjällbo',
  'O’Malley',
  'Łódź Works',
]
const things = ['city bike', 'rain jacket', 'desk lamp', 'espresso grinder', 'trail shoe', 'notebook', 'field kettle']
const finishes = ['matte black', 'forest green', 'crème', 'polished steel', 'weiß', 'sea blue']
const phrases = [
  'Made to last, and made to be repaired.',
  'The 10" model fits <most> frames; R&D swears by it.',
  'Ships flat: assembly takes < 20 minutes & one hex key.',
  'Pflegeleicht – auch bei Regen, Schnee und Größe XL.',
  'Reviewers call it "quietly brilliant" (c:\\reviews\\2026).',
  'Do not paste <script>alert("hello")</script> into the label printer.',
  'Weight as packed; tolerance ±2 %, tested at −10 °C.',
  'Now with a bell 🔔 and a spare.\nSecond line of the leaflet.',
]
const voices = ['Amélie', 'Björn', 'Chidi', 'Dora', 'Eóin', 'Fatma', 'Gábor', 'Hana 花']
const warehouses = ['berlin', 'lyon', 'malmö', 'osaka']
const tags = ['new', 'bestseller', 'b-ware', 'made in EU', 'gift', '−20 %']

const nameOf = (draw: Draw): string => `${draw.pick(makes)} ${draw.pick(things)}`
const skuOf = (draw: Draw): string =>
  `${draw.pick(['BK', 'JK', 'LM', 'SH'])}-${draw.whole(1000, 9999)}-${draw.pick(['S', 'M', 'L'])}`

/** One product; `reviews` is the list that makes it large. */
export function productDocument(draw: Draw, id: string | number, reviews: readonly Part[]): Part {
  return {
    id,
    sku: skuOf(draw),
    name: nameOf(draw),
    description: `${draw.pick(phrases)} ${draw.pick(phrases)}`,
    // Beyond 2^53: a JSON library that turns numbers into doubles changes it.
    barcode: draw.digits(19),
    price: { amount: draw.price(9, 900), currency: 'EUR', reduced: draw.chance(0.3) },
    dimensions: { widthCm: draw.price(5, 90), heightCm: draw.price(5, 90), weightKg: draw.price(0, 30) },
    attributes: {
      finish: draw.pick(finishes),
      '2-way fitting': draw.chance(0.5),
      'max. load (kg)': draw.whole(20, 180),
    },
    tags: draw.chance(0.2) ? [] : [draw.pick(tags), draw.pick(tags)],
    stock: warehouses.map((warehouse) => ({ warehouse, pieces: draw.whole(0, 80), bins: [[draw.whole(1, 9)], []] })),
    replaces: draw.chance(0.5) ? null : skuOf(draw),
    discontinued: false,
    warnings: [],
    extensions: {},
    updatedAt: draw.date(),
    reviews,
  }
}

export function review(draw: Draw, n: number): Part {
  return {
    id: n,
    by: draw.pick(voices),
    stars: draw.whole(1, 5),
    verified: draw.chance(0.8),
    text: `${draw.pick(phrases)} ${draw.pick(phrases)}`,
    pictures: [],
  }
}

/** A product as it stands in a list. */
export function productSummary(draw: Draw, n: number): Part {
  return {
    id: n,
    sku: skuOf(draw),
    name: nameOf(draw),
    barcode: draw.digits(19),
    price: draw.price(9, 900),
    available: draw.chance(0.9),
    tags: draw.chance(0.3) ? [] : [draw.pick(tags)],
    teaser: draw.chance(0.2) ? null : draw.pick(phrases),
  }
}
