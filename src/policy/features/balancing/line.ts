import type { Name } from '../../fields.ts'

export interface Balancing {
  readonly origin: Name
  readonly method: 'round-robin' | 'least-connections' | 'weighted'
  /** One weight per instance, in order; only with `weighted`. */
  readonly weights?: readonly number[]
}

/** What is done for an origin of which no line speaks. */
export function plainBalancing(origin: Name): Balancing {
  return { origin, method: 'round-robin' }
}
