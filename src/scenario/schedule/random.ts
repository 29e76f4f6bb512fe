/** A small seeded generator (mulberry32): the same seed gives the same numbers on every machine. Not for secrets. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The items in an order drawn by lot: every order as likely as any other (Fisher and Yates, after Durstenfeld 1964). */
export function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  const drawn = [...items]
  for (let left = drawn.length - 1; left > 0; left -= 1) {
    const at = Math.floor(random() * (left + 1))
    ;[drawn[left], drawn[at]] = [drawn[at]!, drawn[left]!]
  }
  return drawn
}
