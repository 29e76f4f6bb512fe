/** In what systems differ in kind where they carry out the same line of a policy. Cells declare it; labs contrast it. */

export interface Traits {
  /**
   * What a request does that waits for the answer which another one fetches: it looks again from time to time (`polls`), it
   * is told at once (`told`), or there is no waiting and each asks the origin (`none`).
   */
  readonly coalescing?: 'polls' | 'told' | 'none'
  /**
   * What a rate limit counts with: a bucket that empties and fills drop by drop, a window that begins anew, or one that
   * slides along.
   */
  readonly limiting?: 'bucket' | 'fixed-window' | 'sliding-window'
}

export type Trait = keyof Traits

/** Each in words, as part of a sentence: `they do not differ in how a rate limit counts`. */
export const traitWords: Readonly<Record<Trait, string>> = {
  coalescing: 'how requests wait for an answer that is being fetched',
  limiting: 'how a rate limit counts',
}

export const traits = Object.keys(traitWords) as readonly Trait[]
