/** Orders as a shop's API answers them. */
import type { Draw } from './draw.ts'

type Part = Readonly<Record<string, unknown>>

const buyers = ['Amélie Dubois', 'Björn Åkesson', 'Chidi O. Eze', 'Zoë & Partners', 'Gábor "Gabi" Tóth']
const streets = ['Rue de l’Église 4', 'Gärtnerstraße 12 <Hof>', 'Fleet Street 7', '神保町 1-3']
const states = ['placed', 'paid', 'packed', 'shipped']

/** One order; `lines` is the list that makes it large. */
export function orderDocument(draw: Draw, id: string | number, lines: readonly Part[]): Part {
  return {
    id,
    // Beyond 2^53: a JSON library that turns numbers into doubles changes it.
    ledger: draw.digits(20),
    state: draw.pick(states),
    placedAt: draw.date(),
    shippedAt: null,
    customer: {
      name: draw.pick(buyers),
      address: { street: draw.pick(streets), country: draw.pick(['FR', 'SE', 'JP']) },
    },
    payment: { method: draw.pick(['card', 'invoice']), amount: draw.price(20, 4000), currency: 'EUR', captured: true },
    coupons: [],
    metadata: {},
    note: draw.chance(0.5) ? null : 'Leave at the door & ring <twice>, "please".',
    lines,
  }
}

export function orderLine(draw: Draw, n: number): Part {
  return {
    line: n,
    sku: `BK-${draw.whole(1000, 9999)}`,
    quantity: draw.whole(1, 4),
    unitPrice: draw.price(9, 900),
    options: draw.chance(0.5)
      ? []
      : [
          ['engraving', 'Für Zoë'],
          ['gift', 'yes'],
        ],
    serials: [draw.digits(17)],
    backorder: draw.chance(0.1),
  }
}

/** An order as it stands in a list. */
export function orderSummary(draw: Draw, n: number): Part {
  return {
    id: n,
    ledger: draw.digits(20),
    state: draw.pick(states),
    placedAt: draw.date(),
    buyer: draw.pick(buyers),
    total: draw.price(20, 4000),
    parcels: draw.chance(0.4) ? [] : [draw.digits(18)],
    gift: draw.chance(0.2),
  }
}
