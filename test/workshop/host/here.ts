/** A host in this process, with a state folder of its own, and clients who ask it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, type RequestOptions, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { vi } from 'vitest'
import { type HostOptions, startHost } from '../../../src/workshop/host/start-host.ts'
import { isCodeOf } from '../../../src/workshop/protocol/join-code.ts'
import {
  type JoinAnswer,
  type JoinRequest,
  type Orders,
  protocolHeader,
  protocolVersion,
} from '../../../src/workshop/protocol/messages.ts'
import type { Host } from '../../../src/workshop/room/room.ts'
import { joinRequest } from '../people.ts'

export const passcode = '4829 1357'

export interface HomeForHosts {
  readonly home: string
  /** On loopback, for lab 1, with the passcode above. */
  start(options?: Partial<HostOptions>): Promise<Host>
  /** What handlers failed with that nobody foresaw. */
  readonly defects: unknown[]
  /** Ends what was started and is not closed yet. */
  remove(): Promise<void>
}

export async function homeForHosts(): Promise<HomeForHosts> {
  const home = await mkdtemp(join(tmpdir(), 'edgelab-host-'))
  vi.stubEnv('EDGELAB_HOME', home)
  const defects: unknown[] = []
  const open = new Set<Host>()
  return {
    home,
    defects,
    start: async (options = {}) => {
      const settings = { labs: ['one-hop'], listen: '127.0.0.1', passcode }
      const host = await startHost({ ...settings, defect: (error) => defects.push(error), ...options })
      open.add(host)
      const close = async (): Promise<void> => {
        open.delete(host)
        await host.close()
      }
      return { ...host, close }
    },
    remove: async () => {
      await Promise.all([...open].map((host) => host.close()))
      vi.unstubAllEnvs()
      await rm(home, { recursive: true, force: true })
    },
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Of JSON. */
  readonly body: unknown
}

export interface Asking {
  readonly token?: string
  /** Sent as JSON; text and bytes as they are. */
  readonly body?: unknown
  /** The loopback address that asks. */
  readonly from?: string
  readonly agent?: Agent
  readonly headers?: Readonly<Record<string, string>>
  readonly method?: string
}

/** `127.0.0.1:7443` of a running host. */
export function addressOf({ joinLines }: Pick<Host, 'joinLines'>): string {
  return joinLines[0]!.split(' ')[0]!
}

/** Over a connection of its own where no agent is given. Rejects where the connection is broken off. */
export function ask(host: Pick<Host, 'joinLines'>, path: string, asking: Asking = {}): Promise<Answer> {
  const { body, method = body === undefined ? 'GET' : 'POST' } = asking
  const sent = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const asked = request(`https://${addressOf(host)}${path}`, { ...optionsOf(asking), method }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
      })
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response
        resolve({ status, headers, body: text === '' ? undefined : JSON.parse(text) })
      })
    })
    asked.on('error', reject)
    asked.end(sent)
  })
}

function optionsOf({ token, body, from = '127.0.0.1', agent, headers = {} }: Asking): RequestOptions {
  return {
    // The certificate is that of the join code: see below, where it is looked at.
    rejectUnauthorized: false,
    agent: agent ?? new Agent(),
    localAddress: from,
    headers: {
      [protocolHeader]: String(protocolVersion),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  }
}

/** Joined with the right passcode. Throws where the host refuses. */
export async function joinedAs(host: Host, given: Partial<JoinRequest> = {}, asking: Asking = {}): Promise<JoinAnswer> {
  const { status, body } = await ask(host, '/v1/join', { ...asking, body: joinRequest({ passcode, ...given }) })
  if (status !== 200) throw new Error(`Joining was answered with ${status}: ${JSON.stringify(body)}`)
  return body as JoinAnswer
}

export interface Stream {
  /** All orders that came so far. */
  readonly seen: readonly Orders[]
  readonly isOpen: () => boolean
  end(): void
}

/** Resolves when the answer has begun. */
export function openStream(host: Host, token: string, from = '127.0.0.1'): Promise<Stream> {
  const seen: Orders[] = []
  let isOpen = true
  return new Promise((resolve, reject) => {
    const asked = request(`https://${addressOf(host)}/v1/orders`, optionsOf({ token, from }), (response) => {
      let rest = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        const events = (rest + part).split('\n\n')
        rest = events.pop()!
        for (const event of events) seen.push(JSON.parse(event.replace(/^data: /, '')) as Orders)
      })
      response.on('close', () => {
        isOpen = false
      })
      response.on('error', () => {})
      if (response.statusCode !== 200) return reject(new Error(`The stream was answered with ${response.statusCode}`))
      resolve({ seen, isOpen: () => isOpen, end: () => asked.destroy() })
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** Whether the certificate that is shown there is the one of the join code. */
export function showsItsCode(host: Host): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `https://${addressOf(host)}/`,
      { rejectUnauthorized: false, agent: new Agent() },
      (response) => {
        const { raw } = (response.socket as TLSSocket).getPeerCertificate()
        response.resume()
        resolve(isCodeOf(host.joinLines[0]!.split(' ')[1]!, raw))
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}
