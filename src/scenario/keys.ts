import { randomBytes } from 'node:crypto'

/** The key of a consumer that has none written down: made for each run, so that no file contains it. */
export function makeKey(consumer: string): string {
  return `${consumer}-${randomBytes(12).toString('hex')}`
}
