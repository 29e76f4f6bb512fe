import type { Name } from '../../fields.ts'

export interface Route {
  /** Path prefix on segment borders: `/products` takes `/products` and `/products/7`, not `/productsale`. */
  readonly path: string
  readonly origin: Name
}
