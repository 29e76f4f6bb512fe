import type { ResponseType } from '../flavours/gateway-responses.ts'

/** A call ends with a gateway response in place of an answer. `message` where it is not the usual one of its type. */
export class Refused extends Error {
  readonly type: ResponseType
  readonly told: string | undefined

  constructor(type: ResponseType, message?: string) {
    super(message ?? type)
    this.type = type
    this.told = message
  }
}
