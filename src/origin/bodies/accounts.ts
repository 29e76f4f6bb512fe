/** An account as a shop's API answers it: to whoever the edge says is asking. */
import type { Draw } from './draw.ts'

type Part = Readonly<Record<string, unknown>>

const streets = ['Rue des Lilas 9', 'Möhringer Weg 3', 'Mill Lane <21>', '鴨川通 8-2']

/** The account of its owner; null where the edge named no consumer. `payments` is the list that makes it large. */
export function accountDocument(draw: Draw, owner: string | number | null, payments: readonly Part[]): Part {
  return {
    owner,
    // Beyond 2^53: a JSON library that turns numbers into doubles changes it.
    number: draw.digits(18),
    balance: { amount: draw.price(20, 4000), currency: 'EUR' },
    address: draw.pick(streets),
    payments,
  }
}

export function payment(draw: Draw, n: number): Part {
  return { n, day: draw.date().slice(0, 10), amount: draw.price(5, 400), paid: draw.chance(0.8) }
}
