/** The markers of systems and other series in characters; each has a hollow form for a system once more. */
import type { Look } from '../../evidence/looks.ts'
import type { TextOptions } from '../style.ts'

const markers = {
  unicode: { filled: [...'●▲■◆▼★►◄◉▣◈◐'], hollow: [...'○△□◇▽☆▻◅◎▢◊◌'] },
  ascii: { filled: [...'o^#*v@+x%=&$'], hollow: [...'0AH"VatX/~8S'] },
} as const

export function markOf({ slot, hollow }: Look, { unicode }: Pick<TextOptions, 'unicode'>): string {
  const { filled, hollow: empty } = markers[unicode ? 'unicode' : 'ascii']
  const marks = hollow ? empty : filled
  return marks[slot % marks.length] ?? '*'
}
