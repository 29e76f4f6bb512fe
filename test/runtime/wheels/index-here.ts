/** A package index on loopback, with one wheel that is made for the test: its binary is a shell script. */
import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { vi } from 'vitest'
import { findBinary } from '../../../src/runtime/processes/binaries.ts'
import type { Wheel } from '../../../src/systems/system.ts'

const run = promisify(execFile)

export const product = 'made-up'
export const version = '1.2.3'

/** Why nothing can be fetched here; empty where pip answers. */
export function whyNoPip(): string {
  try {
    execFileSync('python3', ['-m', 'pip', '--version'], { stdio: 'ignore' })
    return ''
  } catch {
    return 'python3 -m pip does not answer here'
  }
}

export interface Made {
  /** The version that the binary tells. */
  readonly says?: string
  /** The wheel's platform. */
  readonly tag?: string
  /** Beside the binary, so that the wheel is large. */
  readonly ballast?: number
  /** What the requirements file asks for, in place of the wheel's own. */
  readonly sha256?: string
  readonly anyLibc?: string
}

export interface IndexHere {
  readonly wheel: Wheel
  readonly home: string
  /** How often the wheel was asked for. */
  served(): number
  /** From now on only the beginning of the wheel is sent. */
  stall(): void
  /** It answers nobody any more. */
  goAway(): void
  close(): Promise<void>
}

const write = `
import sys, zipfile
out, name, binary, tag, ballast = sys.argv[1:]
with zipfile.ZipFile(out, 'w') as z:
    info = 'made_up-${version}.dist-info/'
    z.writestr('made_up-${version}.data/scripts/made-up', open(binary).read())
    z.writestr('made_up/ballast', b'.' * int(ballast))
    z.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: made-up\\nVersion: ${version}\\n')
    z.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-' + tag + '\\n')
    z.writestr(info + 'RECORD', '')
`

/** Points pip, uv and EdgeLab's cache at it, by variables that vitest gives back (`vi.unstubAllEnvs`). */
export async function indexHere({
  says = version,
  tag = 'any',
  ballast = 0,
  sha256,
  anyLibc,
}: Made = {}): Promise<IndexHere> {
  const folder = await mkdtemp(join(tmpdir(), 'wheels-'))
  const home = join(folder, 'home')
  const binary = join(folder, 'binary')
  await writeFile(binary, `#!/bin/sh\necho "made up $1 ${says}"\n`)
  const name = `made_up-${version}-py3-none-${tag}.whl`
  await mkdir(home)
  await run('python3', ['-c', write, join(folder, name), name, binary, tag, String(ballast)])
  const bytes = await readFile(join(folder, name))
  const requirements = join(folder, 'requirements.txt')
  const hash = sha256 ?? createHash('sha256').update(bytes).digest('hex')
  await writeFile(requirements, `# Made for a test.\nmade-up==${version} \\\n    --hash=sha256:${hash}\n`)

  let served = 0
  let stalls = false
  const serve = (path: string, answer: ServerResponse): void => {
    if (path === '/simple/made-up/') {
      answer.setHeader('content-type', 'text/html').end(`<a href="../../${name}">${name}</a>`)
    } else if (path === `/${name}`) {
      served += 1
      answer.setHeader('content-length', bytes.length)
      if (stalls) answer.write(bytes.subarray(0, bytes.length / 2))
      else answer.end(bytes)
    } else answer.writeHead(404).end()
  }
  const server = createServer(({ url }, answer) => serve(url ?? '', answer))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const index = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`
  const settings = {
    PIP_INDEX_URL: index,
    PIP_RETRIES: '1',
    PIP_FIND_LINKS: '',
    UV_DEFAULT_INDEX: index,
    UV_FIND_LINKS: '',
  }
  const noProxy = { NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' }
  for (const [variable, value] of Object.entries({ ...settings, ...noProxy, EDGELAB_HOME: home })) {
    vi.stubEnv(variable, value)
  }
  const wheel: Wheel = {
    product,
    requirements,
    binary: /(^|\/)(bin|scripts)\/made-up$/,
    versionArgs: ['--version'],
    megabytes: 1,
    ...(anyLibc === undefined ? {} : { anyLibc: { [process.arch]: anyLibc } }),
  }
  const goAway = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return {
    wheel,
    home,
    served: () => served,
    stall: () => {
      stalls = true
    },
    goAway,
    close: async () => {
      goAway()
      await rm(folder, { recursive: true })
    },
  }
}

/** Every file below a folder, by its path in it. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory())
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort()
}

/** Leaves of PATH only folders without any of these. */
export function withoutOnPath(names: readonly string[]): void {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const kept = folders.filter((folder) => {
    vi.stubEnv('PATH', folder)
    return findBinary(names) === undefined
  })
  vi.stubEnv('PATH', kept.join(delimiter))
}
