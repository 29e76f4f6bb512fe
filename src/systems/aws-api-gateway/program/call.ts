import type { ApiKeyResource } from '../definition/stage.ts'
import type { Match } from './definition/methods.ts'

/** One request on its way through the API. */
export interface Call {
  readonly requestId: string
  /** `x-amz-apigw-id`: it ends with an equals sign. */
  readonly extendedId: string
  readonly httpMethod: string
  /** Decoded, with dot segments resolved: what resources are compared with. */
  readonly path: string
  /** As the client wrote it, without the question mark. */
  readonly query: string
  /** Names in lower case, values of repeated ones joined. */
  readonly headers: Readonly<Record<string, string>>
  readonly sourceIp: string
  readonly body: Buffer
  readonly receivedAt: Date
  match?: Match
  /** How long the origin took, once it was asked. */
  integrationMs?: number
  /** Whose key it is, once that is known. */
  apiKey?: ApiKeyResource
}

/** The last value of each query parameter, as mappings know them. */
export function queryOf({ query }: Pick<Call, 'query'>): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(query))
}
