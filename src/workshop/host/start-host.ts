/** A workshop's host: state, server and room put together. */
import type { FastifyInstance } from 'fastify'
import { EdgeLabError } from '../../errors.ts'
import { replaceWhole } from '../../measurement/store/whole-file.ts'
import { whyUnwritable } from '../../text-file.ts'
import type { ProjectorView } from '../projector/projector-view.ts'
import { type ServedProjector, serveProjector } from '../projector/serve-projector.ts'
import { joinCodeOf } from '../protocol/join-code.ts'
import type { HostChange } from '../protocol/messages.ts'
import type { Host, Workshop } from '../room/room.ts'
import { addressesOf, atPort, fromHere } from './addresses.ts'
import { type OpenWorkshop, openWorkshop, type WantedWorkshop } from './open-workshop.ts'
import { logRefusals } from './refusal-log.ts'
import { orderStreams } from './server/order-streams.ts'
import { hostServer } from './server/server.ts'
import { derOf } from './state/certificate.ts'
import { addressFile, journalOf, refusalsOf, type WorkshopSettings } from './state/workshop-folder.ts'

export interface HostOptions extends WantedWorkshop {
  /** The address to listen on; `0.0.0.0` for all IPv4 addresses of this machine. */
  readonly listen: string
  /** Is told what nobody foresaw while a request was answered. */
  readonly defect: (error: unknown) => void
  /** What the projector shows; where it is left out there is no page, and `Host.page` is empty. */
  readonly projector?: (workshop: Workshop) => Promise<ProjectorView>
}

/**
 * Goes on with the newest workshop that has not ended: same port, certificate, code and passcode; else begins a new one.
 * It takes requests when this resolves. Throws EdgeLabError `workshopOpen`, `workshopGoesOn`, `workshopUnreadable`,
 * `workshopUnwritable`, `workshopPort`, `listenAddress`.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  for (let tries = 3; ; tries -= 1) {
    const workshop = await openWorkshop(options, options.listen).catch((error) => {
      throw error.syscall === 'listen' ? cannotListen(error, options.listen, options.port ?? 0, false) : error
    })
    try {
      return await serve(workshop, options)
    } catch (error) {
      await workshop.abandon()
      // A free port was found for it, and somebody else was quicker to use it.
      const isTaken = error instanceof EdgeLabError && error.name === 'workshopPort' && options.port === undefined
      if (!isTaken || workshop.goesOn || tries === 1) throw error
    }
  }
}

async function serve(workshop: OpenWorkshop, { listen, defect, projector }: HostOptions): Promise<Host> {
  const { folder, settings, tls, ledger, goesOn } = workshop
  const { room } = ledger
  const log = logRefusals(refusalsOf(folder))
  const streams = orderStreams(() => room.now().orders, room.connected)
  const order = async (change: HostChange): Promise<void> => {
    await ledger.keep({ kind: 'changed', at: new Date().toISOString(), change })
    if ('remove' in change) streams.dismiss(change.remove)
    else streams.send()
  }
  const { port, passcode } = settings
  const app = hostServer({ tls, log, defect, ledger, passcode, streams, order })
  await listening(app, listen, port, goesOn)
  // For commands from other terminals: without it they cannot reach this host, and everything else works.
  await replaceWhole(addressFile(folder), fromHere(listen, port)).catch(defect)
  const code = joinCodeOf(derOf(tls.certificate))
  const host: Omit<Host, 'page'> = {
    room: room.now,
    subscribe: room.subscribe,
    order: (change) =>
      order(change).catch((cause) => {
        throw new EdgeLabError('workshopUnwritable', { path: journalOf(folder), why: whyUnwritable(cause) }, { cause })
      }),
    joinLines: addressesOf(listen).map((address) => `${atPort(address, port)} ${code}`),
    passcode,
    listens: atPort(listen, port),
    folder,
    goesOn,
    refusals: log.seen,
    close: async () => {
      streams.close()
      await app.close()
      await log.close()
      await workshop.close()
    },
  }
  if (!projector) return { ...host, page: '' }
  const page = await projector(room.now().workshop)
    .then((view) => servePage(view, host, settings.page))
    .catch(async (error) => {
      await host.close()
      throw error
    })
  return {
    ...host,
    page: page.address,
    close: async () => {
      await page.close()
      await host.close()
    },
  }
}

/** Where it was before, so that a browser finds it again; elsewhere where that port was taken meanwhile. */
function servePage(
  view: ProjectorView,
  { room, subscribe, joinLines, passcode }: Omit<Host, 'page'>,
  { port, token }: WorkshopSettings['page'],
): Promise<ServedProjector> {
  const source = { now: () => ({ room: room(), joinLines, passcode }), subscribe }
  return serveProjector(view, source, { port, token }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    return serveProjector(view, source, { port: 0, token })
  })
}

async function listening(app: FastifyInstance, host: string, port: number, goesOn: boolean): Promise<void> {
  try {
    await app.listen({ host, port, exclusive: true })
  } catch (error) {
    await app.close()
    throw cannotListen(error as NodeJS.ErrnoException, host, port, goesOn)
  }
}

const whyNot: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such address',
  EACCES: 'this user may not use that port',
  EAFNOSUPPORT: 'this machine has no addresses of that family',
}

function cannotListen(cause: NodeJS.ErrnoException, host: string, port: number, goesOn: boolean): EdgeLabError {
  if (cause.code === 'EADDRINUSE') {
    const hint = goesOn
      ? 'Participants know this port, and the workshop keeps it: end what uses it, then run the command again.'
      : 'Leave out --port to let a free one be chosen, or name another.'
    return new EdgeLabError('workshopPort', { host, port, hint }, { cause })
  }
  const why = whyNot[cause.code ?? ''] ?? cause.message
  return new EdgeLabError('listenAddress', { host, port, why }, { cause })
}
