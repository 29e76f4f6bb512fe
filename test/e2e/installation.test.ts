/** A copy of EdgeLab in a folder with an awkward name: its first build, a run, and an installation that is not whole. */
import { execFileSync, spawn } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadRecord } from '../../src/measurement/store/store.ts'
import { readText } from '../../src/text-file.ts'
import { type Ended, ended, smallScenario } from './command.ts'

const awkward = 'ä #1 [x] %20 b'
const parts = ['src', 'labs', 'scenarios', 'build.mjs', 'package.json', 'package-lock.json', 'tsconfig.json']

// Hard links are what makes a copy of all packages cheap.
describe.skipIf(process.platform !== 'linux')('a copy in a folder with an awkward name', () => {
  let home: string
  let copy: string
  beforeAll(() => {
    // Not below this folder: Node would find there what is missing in the copy.
    home = mkdtempSync(join(tmpdir(), 'installation-'))
    copy = join(home, awkward)
    mkdirSync(copy)
    for (const part of parts) cpSync(part, join(copy, part), { recursive: true, preserveTimestamps: true })
    const from = resolve('node_modules')
    // Links do not lead to another disk.
    const links = statSync(from).dev === statSync(home).dev
    execFileSync('cp', [links ? '-al' : '-a', from, join(copy, 'node_modules')])
    // A file of its own, and newer than the lockfile.
    const installed = join(copy, 'node_modules', '.package-lock.json')
    rmSync(installed)
    copyFileSync('node_modules/.package-lock.json', installed)
  })
  afterAll(() => rmSync(home, { recursive: true }))

  const edgelab = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
    ended(
      spawn(process.execPath, [join(copy, 'src', 'edgelab.mjs'), ...args], {
        cwd: copy,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, DOCKER_HOST: 'unix:///nonexistent.sock', LANG: 'C.UTF-8', ...env },
      }),
    )

  test('builds itself, compares the usual systems, and writes a report that a browser is given properly', async () => {
    const scenario = join(copy, 'my scenario.yaml')
    copyFileSync(smallScenario, scenario)
    const temporary = join(home, 't ä #1 %20 b')
    mkdirSync(temporary)
    const args = ['run', 'my scenario.yaml', '--runtime', 'processes', '--rounds', '1', '--out', 'mine #1']
    const { code, stdout, stderr } = await edgelab(args, { TMPDIR: temporary })
    expect(stderr).toBe('Building EdgeLab …\n')
    expect(code).toBe(0)
    const { command, scenarios } = await loadRecord(join(copy, 'mine #1'))
    expect(command).toMatch(/^edgelab run 'my scenario\.yaml' --systems /)
    const subjects = scenarios.flatMap((each) => each.subjects)
    expect(subjects.filter(({ state }) => state === 'failed')).toEqual([])
    expect(subjects.map(({ label }) => label)).toEqual(expect.arrayContaining(['direct', 'node-gateway']))
    expect(subjects.flatMap(({ proof }) => proof.filter(({ state }) => state === 'failed'))).toEqual([])
    const report = join(copy, 'mine #1', 'report.html')
    expect(stdout).toContain(`Report  ${report}\n`)
    // What the browser is asked for, by a stand-in: none may open here.
    const bin = join(home, 'bin')
    mkdirSync(bin)
    const asked = join(home, 'asked')
    writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > '${asked}'\n`, { mode: 0o755 })
    const opened = await edgelab(['report', 'mine #1', '--open'], { PATH: `${bin}:${process.env['PATH']}` })
    expect(opened).toMatchObject({ code: 0, stdout: `${join('mine #1', 'report.html')}\n` })
    expect(await readText(asked)).toBe(pathToFileURL(report).href)
  }, 90_000)

  /** npm as it is without a network, and what it was asked for; `does` is a line of shell. */
  function npm(does: string): { readonly env: NodeJS.ProcessEnv; asked(): Promise<string> } {
    const bin = mkdtempSync(join(home, 'npm-'))
    const asked = join(bin, 'asked')
    writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho "$@" >> '${asked}'\n${does}\n`, { mode: 0o755 })
    return { env: { PATH: `${bin}:${process.env['PATH']}` }, asked: () => readText(asked) }
  }

  test('without the pinned Node, as ignore-scripts leaves it: its script is run', async () => {
    const node = join(copy, 'node_modules', 'node', 'bin', 'node')
    rmSync(node)
    const kept = resolve('node_modules', 'node', 'bin', 'node')
    const { env, asked } = npm(`cp '${kept}' '${node}'`)
    expect(await edgelab(['list', 'scenarios'], env)).toMatchObject({ code: 0 })
    expect(await asked()).toBe('rebuild --ignore-scripts=false node\n')
  })

  test.each([
    ['a package that is missing', 'node_modules/zod'],
    ['what npm writes last is missing', 'node_modules/.package-lock.json'],
    ['what esbuild runs is missing, which shows when it builds', 'node_modules/@esbuild'],
  ])('%s: npm is asked for everything again, and what it could not do is said', async (_, part) => {
    const aside = join(home, 'aside')
    renameSync(join(copy, part), aside)
    rmSync(join(copy, 'dist', 'built-at'), { force: true })
    try {
      const { env, asked } = npm('echo "no network" >&2; exit 1')
      const { code, stdout, stderr } = await edgelab(['list', 'scenarios'], env)
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
      expect(stderr).toMatch(/no network\n+Installing EdgeLab: failed\.\nnpm needs the network/)
      expect(await asked()).toBe('install --no-save --no-audit --no-fund\n')
      expect(existsSync(join(copy, 'node_modules', '.package-lock.json'))).toBe(false)
    } finally {
      renameSync(aside, join(copy, part))
      copyFileSync('node_modules/.package-lock.json', join(copy, 'node_modules', '.package-lock.json'))
    }
  })

  test('a temporary folder that NGINX could not be given is named before anything starts', async () => {
    const temporary = join(home, 'of $HOME')
    mkdirSync(temporary)
    const { code, stderr } = await edgelab(['run', smallScenario, '--runtime', 'processes'], { TMPDIR: temporary })
    expect(code).toBe(3)
    expect(stderr).toContain('its path has "$" in it')
  })
})
