/** Programs on PATH or fetched, and what a launch needs beside them. */
import { basename, delimiter, dirname, join } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import { packageRoot } from '../../package-root.ts'
import type { Launch, ModuleHere } from '../../systems/system.ts'
import type { Availability } from '../topology.ts'
import { isExecutable, keptBinary } from '../wheels/kept.ts'
import { moduleIn } from './module.ts'

/** Absolute path of the first of the names that is on PATH, or beside it in an sbin. */
export function findBinary(names: readonly string[]): string | undefined {
  return binariesOnPath(names)[0]
}

function binariesOnPath(names: readonly string[]): readonly string[] {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  // Debian keeps nginx in /usr/sbin, which is not on every user's PATH; /usr/bin is.
  const beside = onPath.filter((folder) => basename(folder) === 'bin').map((folder) => join(dirname(folder), 'sbin'))
  const folders = [...onPath, ...beside]
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable)
}

type Product = Extract<Launch['executable'], { kind: 'binary' }>

/** What a launch runs as a process: executable and leading arguments; undefined where the binary is not here. */
export function commandOf({ executable, module }: Launch): readonly [file: string, ...args: string[]] | undefined {
  if (executable.kind === 'program') return [process.execPath, programPath(executable.program)]
  const found = candidates(executable).find((binary) => !module || moduleIn(binary, module))
  return found === undefined ? undefined : [found]
}

/** What the user has installed goes first, then what was fetched. */
function candidates({ names, wheel }: Product): readonly string[] {
  const fetched = wheel && keptBinary(wheel)
  return [...binariesOnPath(names), ...(fetched === undefined ? [] : [fetched])]
}

/** How the binary that would run has the module of this launch; undefined of a launch without one. */
export function moduleOf(launch: Launch): ModuleHere | undefined {
  const [binary] = commandOf(launch) ?? []
  return launch.module && binary !== undefined ? moduleIn(binary, launch.module) : undefined
}

/** The one command that would bring a product's binary. */
export function remedyFor({ wheel, install }: Product): string {
  return wheel ? `edgelab get ${wheel.product}` : install
}

/** The same; throws EdgeLabError `binaryMissing` where there is none. */
export function requireCommand(launch: Launch): readonly [file: string, ...args: string[]] {
  const command = commandOf(launch)
  if (command) return command
  const executable = launch.executable as Extract<Launch['executable'], { kind: 'binary' }>
  throw new EdgeLabError('binaryMissing', { binary: executable.names.join(' or '), hint: remedyFor(executable) })
}

/** A program of ours, bundled to one file. */
export function programPath(program: string): string {
  return join(packageRoot, 'dist', 'programs', `${program}.mjs`)
}

/** Whether a launch can run as a process on this machine. */
export function availableAsProcess(launch: Launch): Availability {
  const command = commandOf(launch)
  if (!command) {
    const executable = launch.executable as Product
    const { names, wheel } = executable
    const [without] = candidates(executable)
    if (launch.module && without !== undefined) {
      const reason = `${without} is without ${launch.module.what}`
      const isToFetch = wheel && keptBinary(wheel) === undefined
      return isToFetch
        ? { available: false, reason, remedy: remedyFor(executable), wheel }
        : { available: false, reason, remedy: launch.module.install }
    }
    const reason = `${names.join(' or ')} is not on PATH`
    const remedy = remedyFor(executable)
    return wheel
      ? { available: false, reason: `${reason} and was not fetched`, remedy, wheel }
      : { available: false, reason, remedy }
  }
  return { available: true, by: command[0] }
}
