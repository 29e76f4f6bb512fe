import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EdgeLocation } from '../config.ts'

/** One request's way through the edge. */
export interface RequestContext {
  readonly location: EdgeLocation
  /** What the origin is sent as Host. HTTP/1.0 may have none. */
  readonly host: string | undefined
  /** Path and query, as they go to the origin. */
  readonly target: string
  /** Whose key it is, once that is known. */
  consumer?: string
  /** Headers that the origin side gets instead of the client's; undefined takes one away. */
  readonly headers: Record<string, string | undefined>
}

/** Looks at a request before it is forwarded; true where it has answered by itself. */
export type Filter = (
  context: RequestContext,
  request: FastifyRequest,
  reply: FastifyReply,
) => boolean | Promise<boolean>
