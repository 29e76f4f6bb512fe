/** Pools that outlive a plan, by name: the next plan finds their connections open, and nobody is measured while connecting. */
import { type Outgoing, openPool, type Pool, type PoolEvents, type PoolOptions } from './pool.ts'

export interface KeptPools<Request extends Outgoing> {
  /** The pool of this name, opened where there is none. Throws RangeError where it is one to another target. */
  take(name: string, options: PoolOptions, events: PoolEvents<Request>): Pool<Request>
  /** Closes it; nothing where there is none. */
  release(name: string): void
  releaseAll(): void
}

/** Each holds connections of a system: a host that forgets to release them must not fill the machine. */
const most = 64

export function keptPools<Request extends Outgoing>(): KeptPools<Request> {
  const kept = new Map<string, { readonly pool: Pool<Request>; readonly to: string }>()
  const release = (name: string): void => {
    kept.get(name)?.pool.close()
    kept.delete(name)
  }
  return {
    take: (name, options, events) => {
      const to = JSON.stringify([options.target, options.connections, options.timeoutMs])
      const known = kept.get(name)
      if (known && known.to !== to) throw new RangeError(`the pool “${name}” is one to another target`)
      if (known) {
        known.pool.heardBy(events)
        return known.pool
      }
      if (kept.size >= most) throw new RangeError(`${most} pools are kept already`)
      const pool = openPool(options, events)
      kept.set(name, { pool, to })
      return pool
    },
    release,
    releaseAll: () => {
      for (const name of [...kept.keys()]) release(name)
    },
  }
}
