/** Who fetches wheels here, pip or uv; both check every hash, and run nothing of what they fetch. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findBinary } from '../processes/binaries.ts'
import type { Pinned } from './pinned.ts'

type Command = readonly [file: string, ...args: string[]]

export interface Fetcher {
  readonly name: 'pip' | 'uv'
  /**
   * What puts the wheel's content below a folder, in order; `tag` asks for the wheel of another platform than this one.
   * Variables are added to those of the user, whose own settings for index, proxy and certificates thus count.
   */
  commands(pinned: Pinned, folder: string, tag?: string): readonly Command[]
  /** What puts the wheel itself into `wheel` below a folder; undefined of a fetcher that unpacks on the way. */
  wheelCommand?(pinned: Pinned, folder: string, tag?: string): Command
  /** What puts the content of the wheel that lies in `wheel` below a folder beside it, and asks nobody. */
  openCommand(pinned: Pinned, folder: string): Command
  readonly environment: Readonly<Record<string, string>>
}

/** Debian's Python comes without pip. Looked for, not started: that would take longer than fetching a small wheel. */
const hasPip = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("pip") is None)'

/** Undefined where neither answers. */
export async function findFetcher(): Promise<Fetcher | undefined> {
  const python = findBinary(['python3'])
  if (python && (await answers(python, ['-c', hasPip]))) return pip(python)
  const uv = findBinary(['uv'])
  return uv && (await answers(uv, ['--version'])) ? withUv(uv) : undefined
}

async function answers(file: string, args: readonly string[]): Promise<boolean> {
  return promisify(execFile)(file, [...args], { timeout: 10_000 }).then(
    () => true,
    () => false,
  )
}

/** What both are told: the pinned wheel and nothing else, never a source that would have to be built. */
const pinnedOnly = ['--no-deps', '--only-binary=:all:', '--require-hashes']

/** For a wheel that is here already: Python opens it without pip. Undefined where nobody can. */
export async function findOpener(): Promise<Fetcher | undefined> {
  const python = findBinary(['python3'])
  return python && (await answers(python, ['-c', 'import zipfile'])) ? pip(python) : findFetcher()
}

function pip(python: string): Fetcher {
  const wheelCommand = ({ file }: Pinned, folder: string, tag?: string): Command => {
    const platform = tag === undefined ? [] : [`--platform=${tag}`]
    // Not kept in pip's cache as well: what is fetched is kept already.
    const quiet = ['--no-cache-dir', '--no-input', '--progress-bar=off', '--disable-pip-version-check']
    const target = ['-r', file, '-d', join(folder, 'wheel')]
    return [python, '-m', 'pip', 'download', ...pinnedOnly, ...platform, ...quiet, ...target]
  }
  // A wheel is a zip. Python, which has pip, also opens it; its file names cannot lead out of the folder.
  const openCommand = (_: Pinned, folder: string): Command => [
    python,
    '-c',
    openWheel,
    join(folder, 'wheel'),
    join(folder, 'content'),
  ]
  return {
    name: 'pip',
    commands: (pinned, folder, tag) => [wheelCommand(pinned, folder, tag), openCommand(pinned, folder)],
    wheelCommand,
    openCommand,
    // Nothing is installed, so that no virtual environment is wanted.
    environment: { PIP_REQUIRE_VIRTUALENV: '0' },
  }
}

const openWheel =
  'import glob, sys, zipfile; zipfile.ZipFile(glob.glob(sys.argv[1] + "/*.whl")[0]).extractall(sys.argv[2])'

function withUv(uv: string): Fetcher {
  const install = ({ file }: Pinned, folder: string, more: readonly string[]): Command => {
    const target = ['--target', join(folder, 'content')]
    return [uv, 'pip', 'install', ...pinnedOnly, ...more, ...target, '--no-cache', '--no-progress', '-r', file]
  }
  return {
    name: 'uv',
    commands: (pinned, folder, tag) => {
      // `manylinux_2_17_x86_64` is `x86_64-manylinux_2_17` there.
      const platform = tag === undefined ? [] : ['--python-platform', tag.replace(/^([a-z]+_\d+_\d+)_(.+)$/, '$2-$1')]
      return [install(pinned, folder, platform)]
    },
    openCommand: (pinned, folder) =>
      install(pinned, folder, ['--offline', '--no-index', '--find-links', join(folder, 'wheel')]),
    // It would fetch a whole Python where there is none.
    environment: { UV_PYTHON_DOWNLOADS: 'never' },
  }
}
