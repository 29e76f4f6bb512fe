/**
 * Serves the page for the room's projector, to browsers on this machine alone: plain HTTP on loopback, below a path that
 * nobody can guess.
 *
 *     GET /<token>/          the page
 *     GET /<token>/<asset>   its script and style
 *     GET /<token>/changes   server-sent events: what the page shows, at once and after each change
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify, { type FastifyReply } from 'fastify'
import { own } from '../../own.ts'
import type { Projected, ProjectorView } from './projector-view.ts'

export interface ProjectorSource {
  now(): Projected
  /** Called after every change; returns what ends it. */
  subscribe(changed: () => void): () => void
}

export interface ServedProjector {
  /** What is opened in the browser. */
  readonly address: string
  readonly port: number
  /** Ends open streams too: the page says so, and goes on when a host serves it again at the same address. */
  close(): Promise<void>
}

/** Nobody sees more changes than this, and a room of two hundred makes many at once. */
const betweenChangesMs = 250
/** A stream on which nothing is sent is one that browsers and people take for dead. */
const heartbeatMs = 10_000

/** The page may do nothing but run its own script and ask for its own changes. */
const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // The address is a secret.
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** `port` 0: any that is free. Rejects with the system's error where the port is taken. */
export async function serveProjector(
  view: ProjectorView,
  source: ProjectorSource,
  { port, token }: { readonly port: number; readonly token: string },
): Promise<ServedProjector> {
  const app = fastify({ forceCloseConnections: true })
  const expected = digest(token)
  const changes = changeStreams(() => view.update(source.now()))
  const text = (reply: FastifyReply, type: string, body: string): FastifyReply =>
    reply.headers({ ...securityHeaders, 'content-type': type }).send(body)

  app.addHook('onRequest', async ({ host, params }, reply) => {
    const given = (params as { token?: string }).token ?? ''
    // Another name for this address would be that of a page elsewhere, whose script asks us (DNS rebinding).
    const isHere = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)
    if (!isHere || !timingSafeEqual(digest(given), expected)) return reply.code(404).send()
  })
  app.get('/:token/', (_, reply) => text(reply, 'text/html; charset=utf-8', view.page(source.now())))
  app.get('/:token/changes', (_, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream' })
    changes.add(reply.raw)
  })
  app.get('/:token/:asset', (request, reply) => {
    const asset = own(view.assets, (request.params as { asset: string }).asset)
    return asset ? text(reply, asset.type, asset.text) : reply.code(404).send()
  })
  await app.listen({ host: '127.0.0.1', port })
  const stop = source.subscribe(changes.changed)
  const served = (app.server.address() as AddressInfo).port
  return {
    address: `http://127.0.0.1:${served}/${token}/`,
    port: served,
    async close() {
      stop()
      changes.end()
      await app.close()
    },
  }
}

interface ChangeStreams {
  add(stream: ServerResponse): void
  changed(): void
  end(): void
}

function changeStreams(now: () => unknown): ChangeStreams {
  /** With what each was sent last. */
  const streams = new Map<ServerResponse, string>()
  let waiting: NodeJS.Timeout | undefined
  const send = (stream: ServerResponse, data: string): void => {
    // Who does not read gets the next one: every event says everything.
    if (stream.writableNeedDrain || streams.get(stream) === data) return
    stream.write(`data: ${data}\n\n`)
    streams.set(stream, data)
  }
  const heartbeat = setInterval(() => {
    for (const stream of streams.keys()) if (!stream.writableNeedDrain) stream.write(': still here\n\n')
  }, heartbeatMs)
  heartbeat.unref()
  return {
    add(stream) {
      for (const end of ['close', 'error']) stream.on(end, () => streams.delete(stream))
      streams.set(stream, '')
      // Milliseconds after which the browser asks again, once the host is gone.
      stream.write('retry: 1000\n')
      send(stream, JSON.stringify(now()))
    },
    changed() {
      waiting ??= setTimeout(() => {
        waiting = undefined
        if (streams.size === 0) return
        const data = JSON.stringify(now())
        for (const stream of streams.keys()) send(stream, data)
      }, betweenChangesMs)
    },
    end() {
      clearTimeout(waiting)
      clearInterval(heartbeat)
      for (const stream of streams.keys()) stream.end()
    },
  }
}

/** Digests have one length, which is what a comparison in constant time needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
