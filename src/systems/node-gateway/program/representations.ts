import type { Representation } from '../../../policy/features/transform/line.ts'
import type { EdgeConfig } from '../../node-core/config.ts'
import type { Filter } from '../../node-core/server/request-context.ts'

const plain = 'application/json'

/** Puts the one media type that the client will get in place of its Accept, so that cache and transform agree on it. */
export function representationFilter({ transforms }: EdgeConfig): Filter {
  return (context, request) => {
    const representations = transforms[context.location.transform ?? -1]
    if (representations) context.headers['accept'] = chosen(representations, request.raw.headers.accept ?? '')
    return false
  }
}

/** What Accept names with the highest quality, the first of equals; where it names none, the origin’s own document. */
export function chosen(representations: readonly Representation[], accept: string): string {
  const isPlainMade = representations.some(({ accept: wanted }) => wanted.toLowerCase() === plain)
  let best = { type: isPlainMade ? '*/*' : plain, quality: 0 }
  for (const range of accept.split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    const quality = q === undefined ? 1 : Number(q.slice(2)) || 0
    const known = type === plain || representations.some(({ accept: wanted }) => wanted.toLowerCase() === type)
    if (known && quality > best.quality) best = { type, quality }
  }
  return best.type
}
