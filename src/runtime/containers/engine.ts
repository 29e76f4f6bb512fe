/** The container engine: where it listens, whether it answers, and what it means when it stops. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type Docker from 'dockerode'
import { EdgeLabError } from '../../errors.ts'

// Docker Desktop and rootless engines listen elsewhere than dockerode looks. Put into the environment, so that
// testcontainers, which reads it too, cannot find another engine than we do.
if (process.platform !== 'win32') {
  const socket = [
    '/var/run/docker.sock',
    join(process.env['XDG_RUNTIME_DIR'] ?? '/run', 'docker.sock'),
    join(homedir(), '.docker/run/docker.sock'),
    join(homedir(), '.docker/desktop/docker.sock'),
    join(homedir(), '.colima/default/docker.sock'),
  ].find(existsSync)
  if (socket) process.env['DOCKER_HOST'] ??= `unix://${socket}`
}

let client: { readonly at: string | undefined; readonly docker: Docker } | undefined

/**
 * The client of the engine at DOCKER_HOST. Loaded when the engine is first asked: that takes longer than everything that the
 * first screen needs.
 */
export function engine(): Docker {
  const at = process.env['DOCKER_HOST']
  if (!client || client.at !== at) {
    const Client = createRequire(import.meta.url)('dockerode') as typeof Docker
    client = { at, docker: new Client() }
  }
  return client.docker
}

export type EngineState =
  | { readonly answers: true; readonly version: string }
  | { readonly answers: false; readonly why: string }

/** Where a screen waits for it. */
const usualPatienceMs = 2000
/** Where somebody waits for images anyway, which take longer. */
export const imagesPatienceMs = 15_000

/** Never hangs and never throws: an engine that does not answer in time counts as absent. */
export async function askEngine(patienceMs = usualPatienceMs): Promise<EngineState> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs).unref()
  })
  try {
    const { Version } = await Promise.race([engine().version(), late])
    return { answers: true, version: Version }
  } catch (error) {
    return { answers: false, why: reasonOf(error as NodeJS.ErrnoException) }
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'Docker is not running here'
  if (code === 'EACCES') return 'this user may not talk to Docker'
  if (code === 'ECONNREFUSED') return 'Docker is installed and does not answer'
  return message
}

/** Error codes of a connection whose engine has ended. */
const goneCodes: readonly unknown[] = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE']

/**
 * Waits for what was asked of the engine. Throws EdgeLabError `engineLost` where it went away, else what it answered.
 */
export async function ofEngine<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked
  } catch (error) {
    const { code, message, syscall } = error as NodeJS.ErrnoException
    // A file of ours that is missing is ENOENT too, but no connection.
    const ofConnection = syscall === undefined || syscall === 'connect' || syscall === 'read' || syscall === 'write'
    if (error instanceof EdgeLabError || !ofConnection || !goneCodes.includes(code)) throw error
    throw new EdgeLabError('engineLost', { why: message }, { cause: error })
  }
}

/** True where the engine says that there is no such thing, or that it is being removed already. */
export function isGone(error: unknown): boolean {
  const status = (error as { statusCode?: number }).statusCode
  return status === 404 || status === 409
}
