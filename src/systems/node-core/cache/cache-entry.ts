/** The shapes of the library's cache store. */
import type { interceptors } from 'undici'

export type Store = NonNullable<NonNullable<Parameters<typeof interceptors.cache>[0]>['store']>
export type Key = Parameters<Store['get']>[0]
export type Value = Parameters<Store['createWriteStream']>[1]

/** What the library stores of one answer, and its body. */
export type Entry = Value & {
  readonly body: Buffer[]
  readonly cacheControlDirectives: NonNullable<Value['cacheControlDirectives']>
  size: number
}
