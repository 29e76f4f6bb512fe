/** The host and the participants of a room, as the processes that they are: EdgeLab's command line, as it was built. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { until } from '../../test/until.ts'
import { endsWithBenchmark, repository } from '../processes.ts'

export interface Joining {
  readonly port: number
  readonly code: string
  readonly passcode: string
}

export interface RunningHost extends Joining {
  readonly child: ChildProcess
}

/** Goes on with the workshop in this home, where there is one. */
export async function startHostProcess(home: string, wanted: readonly string[]): Promise<RunningHost> {
  const child = start(home, ['host', ...wanted])
  const said = textOf(child)
  const found = await until(
    'the host says how to join',
    () => {
      const text = said()
      const line = /edgelab join 127\.0\.0\.1:(\d+) ([0-9A-Z-]{19})/.exec(text)
      const passcode = /Passcode:\s+(.+)/.exec(text)
      if (child.exitCode !== null) throw new Error(`The host has ended:\n${text}`)
      return line && passcode ? { port: Number(line[1]), code: line[2]!, passcode: passcode[1]!.trim() } : null
    },
    (joining) => joining !== null,
    60_000,
  )
  return { ...found!, child }
}

/** What the facilitator says from another terminal. */
export async function tell(home: string, words: readonly string[]): Promise<void> {
  const child = start(home, ['host', ...words])
  const said = textOf(child)
  const code = await ended(child)
  if (code !== 0) throw new Error(`edgelab host ${words.join(' ')} ended with ${code}:\n${said()}`)
}

export interface Participant {
  readonly child: ChildProcess
  readonly home: string
  said(): string
}

export function startParticipant(home: string, args: readonly string[]): Participant {
  const child = start(home, ['join', ...args, '--runtime', 'processes'])
  return { child, home, said: textOf(child) }
}

/** Nothing of it is kept that is not on the disk already. */
export async function kill({ child }: { readonly child: ChildProcess }): Promise<void> {
  const gone = ended(child)
  child.kill('SIGKILL')
  await gone
}

export async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

function start(home: string, args: readonly string[]): ChildProcess {
  return endsWithBenchmark(
    spawn(process.execPath, [join(repository, 'dist', 'cli.js'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        EDGELAB_HOME: home,
        EDGELAB_OFFLINE: '1',
        DOCKER_HOST: 'unix:///nonexistent.sock',
        LANG: 'C.UTF-8',
        NODE_COMPILE_CACHE: join(repository, 'dist', 'cache'),
      },
    }),
  )
}

function textOf(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
  }
  return () => text
}
