/** The requests of a closed loop, drawn beforehand: drawing one costs about as much as a tenth of sending it. */

import type { Phase } from '../../scenario/scenario.ts'
import { seededRandom } from '../../scenario/schedule/random.ts'
import { drawing } from '../../scenario/schedule/schedule.ts'
import type { RequestText } from '../prepare.ts'

/** So many that a mix has its weights to a percent, and a cache is not asked for the same few things in a circle. */
const deckSize = 4096

export interface DeckCard {
  readonly mixIndex: number
  readonly path: string
  readonly method: string
  /** The whole request, latin1. */
  readonly text: string
}

/** Deals requests of a phase's mix without end. `seed`: the same gives the same ones. */
export function dealing({ mix }: Pick<Phase, 'mix'>, texts: readonly RequestText[], seed: number): () => DeckCard {
  const varied = mix.length > 1 || mix[0]!.path.includes('{')
  const draw = drawing(mix, seededRandom(seed))
  const deck = Array.from({ length: varied ? deckSize : 1 }, (): DeckCard => {
    const { mixIndex, path } = draw()
    const { method, after } = texts[mixIndex]!
    return { mixIndex, path, method, text: `${method} ${path}${after}` }
  })
  let at = -1
  return () => {
    at = at + 1 === deck.length ? 0 : at + 1
    return deck[at]!
  }
}
