/** Programs on PATH, and what a launch needs beside them. */
import { accessSync, constants, existsSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { packageRoot } from '../../package-root.ts'
import type { Launch } from '../../systems/system.ts'
import type { Availability } from '../topology.ts'

/** Absolute path of the first of the names that is on PATH, or beside it in an sbin. */
export function findBinary(names: readonly string[]): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  // Debian keeps nginx in /usr/sbin, which is not on every user's PATH; /usr/bin is.
  const beside = onPath.filter((folder) => basename(folder) === 'bin').map((folder) => join(dirname(folder), 'sbin'))
  const folders = [...onPath, ...beside]
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** What a launch runs as a process: executable and leading arguments; undefined where the binary is not installed. */
export function commandOf({ executable }: Launch): readonly [file: string, ...args: string[]] | undefined {
  if (executable.kind === 'program') return [process.execPath, programPath(executable.program)]
  const found = findBinary(executable.names)
  return found === undefined ? undefined : [found]
}

/** A program of ours, bundled to one file. */
export function programPath(program: string): string {
  return join(packageRoot, 'dist', 'programs', `${program}.mjs`)
}

/** Whether a launch can run as a process on this machine. */
export function availableAsProcess(launch: Launch): Availability {
  const command = commandOf(launch)
  if (!command) {
    const { names, install } = launch.executable as Extract<Launch['executable'], { kind: 'binary' }>
    return { available: false, reason: `${names.join(' or ')} is not on PATH`, remedy: install }
  }
  const missing = launch.requires?.find(({ anyOf }) => !anyOf.some((path) => existsSync(path)))
  if (missing) return { available: false, reason: `${missing.what} is not installed`, remedy: missing.install }
  return { available: true, by: command[0] }
}
