import type { Name } from '../../fields.ts'

export interface Consumer {
  readonly name: Name
  /** The secret itself. Never enters records or reports. */
  readonly key: string
}

export interface ApiKey {
  readonly path: string
  /** Name of the request header that carries the key, lower case. The origin receives `X-Consumer` instead of it. */
  readonly header: string
  readonly consumers: readonly Consumer[]
}
