/** The built command line as a shell starts it, in a folder of its own, without a terminal and without an engine. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const smallScenario = resolve('test/e2e/small.yaml')
/** Of `smallScenario`: what starts quickest, everywhere. */
export const smallRun = ['run', smallScenario, '--runtime', 'processes', '--systems', 'direct,node-proxy']

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandFolder {
  readonly path: string
  start(args: readonly string[], stdio?: StdioOptions, env?: NodeJS.ProcessEnv): ChildProcess
  /** Until it has ended. */
  run(args: readonly string[], stdio?: StdioOptions, env?: NodeJS.ProcessEnv): Promise<Ended>
  remove(): Promise<void>
}

export async function commandFolder(): Promise<CommandFolder> {
  const path = await mkdtemp(join(tmpdir(), 'command-'))
  const start: CommandFolder['start'] = (args, stdio = ['ignore', 'pipe', 'pipe'], env = {}) =>
    spawn(process.execPath, [resolve('dist/cli.js'), ...args], {
      cwd: path,
      stdio,
      env: {
        ...process.env,
        DOCKER_HOST: 'unix:///nonexistent.sock',
        LANG: 'C.UTF-8',
        // As the launcher has it: what Node compiled once it need not compile at every start.
        NODE_COMPILE_CACHE: resolve('dist/cache'),
        ...env,
      },
    })
  return {
    path,
    start,
    run: (args, stdio, env) => ended(start(args, stdio, env)),
    remove: () => rm(path, { recursive: true }),
  }
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}
