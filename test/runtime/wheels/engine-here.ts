/** A container engine on a socket, as far as archives of images need one. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface EngineHere {
  /** For DOCKER_HOST. */
  readonly address: string
  /** Ids by tag. */
  readonly images: Map<string, string>
  /** What it gives out, and what it was given last. */
  readonly archive: Buffer
  loaded(): Buffer
  /** From now on only the beginning of an archive is sent, and nobody is told that one was taken. */
  stall(): void
  /** How many bytes of the newest archive have come, and whether its sender has gone without an answer. */
  taking(): { readonly bytes: number; readonly isBrokenOff: boolean }
  close(): Promise<void>
}

/** Files by name, as an engine gives out images, into an archive. */
export async function imagesArchive(
  files: Readonly<Record<string, string | Buffer>>,
  ...options: string[]
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'images-'))
  try {
    await mkdir(join(folder, 'blobs'))
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    const args = ['-cf', '-', '--format=ustar', ...options, '-C', folder, 'blobs', ...Object.keys(files)]
    return execFileSync('tar', args, { maxBuffer: 1024 ** 3 })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** It has these images, and an archive of them with a layer of `layerBytes`. */
export async function engineHere(tags: readonly string[], layerBytes = 100_000): Promise<EngineHere> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'))
  const images = new Map(tags.map((tag, at) => [tag, `sha256:${String(at).padStart(64, '0')}`]))
  const archive = await imagesArchive({
    'blobs/layer': Buffer.alloc(layerBytes, 'layer'),
    'manifest.json': JSON.stringify([{ Config: 'blobs/config', RepoTags: tags, Layers: ['blobs/layer'] }]),
  })
  let loaded = Buffer.alloc(0)
  let stalls = false
  let taking = { bytes: 0, isBrokenOff: false }
  const server = createServer((request, answer) => {
    const url = new URL(request.url ?? '', 'http://engine')
    const ofOne = /^\/images\/(.+)\/json$/.exec(url.pathname)?.[1]
    if (url.pathname === '/version') return answer.end(JSON.stringify({ Version: '99' }))
    if (ofOne !== undefined) {
      const id = images.get(decodeURIComponent(ofOne))
      if (id === undefined) return answer.writeHead(404).end('{"message":"no such image"}')
      return answer.end(JSON.stringify({ Id: id, Size: layerBytes, RepoDigests: [], Config: { Labels: {} } }))
    }
    if (url.pathname === '/images/get') {
      if (!stalls) return answer.end(archive)
      return answer.write(archive.subarray(0, 4096))
    }
    if (url.pathname !== '/images/load') return answer.writeHead(404).end('{"message":"unknown"}')
    const parts: Buffer[] = []
    taking = { bytes: 0, isBrokenOff: false }
    request.on('data', (part: Buffer) => {
      parts.push(part)
      taking = { ...taking, bytes: taking.bytes + part.length }
    })
    request.on('error', () => undefined)
    answer.on('close', () => {
      taking = { ...taking, isBrokenOff: !answer.writableEnded }
    })
    return request.on('end', () => {
      if (stalls) return
      loaded = Buffer.concat(parts)
      for (const [at, tag] of tags.entries()) images.set(tag, `sha256:${String(at).padStart(64, '0')}`)
      answer.end('{"stream":"Loaded image"}\n')
    })
  })
  const socket = join(folder, 'engine.sock')
  server.listen(socket)
  await once(server, 'listening')
  return {
    address: `unix://${socket}`,
    images,
    archive,
    loaded: () => loaded,
    stall: () => {
      stalls = true
      // What came before is not what is waited for from now on.
      taking = { bytes: 0, isBrokenOff: false }
    },
    taking: () => taking,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
