import { setTimeout as pause } from 'node:timers/promises'
import { inspect } from 'node:util'

/**
 * Looks again and again until what it sees is wanted, and returns that. Throws with what was awaited and what was seen
 * last when it takes longer than `withinMs`; what `look` throws ends it at once.
 */
export async function until<Seen>(
  what: string,
  look: () => Seen | Promise<Seen>,
  wanted: (seen: Seen) => boolean,
  withinMs = 10_000,
): Promise<Seen> {
  const givesUpAt = performance.now() + withinMs
  for (;;) {
    const seen = await look()
    if (wanted(seen)) return seen
    if (performance.now() > givesUpAt)
      throw new Error(`Waited ${withinMs} ms until ${what}. Seen last: ${inspect(seen)}`)
    // Asked without a pause, what is awaited would have less of the processor.
    await pause(20)
  }
}
