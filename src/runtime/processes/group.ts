/** A program with everything it starts, as one: a process group, which ends as a whole. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { openLogRing } from '../log-ring.ts'

export interface ProcessGroup {
  /** Its leader’s pid; 0 where it could not be started. */
  readonly group: number
  /** None where it could not be started. */
  pids(): readonly number[]
  /** Why its leader has ended, in words; undefined while it runs. */
  ended(): string | undefined
  logTail(lines: number): string
  /** Asks it to end, insists after three seconds, resolves when it is gone. */
  end(): Promise<void>
}

const stopMs = 3000
const drainMs = 500

export function spawnGroup(file: string, args: readonly string[], env: NodeJS.ProcessEnv): ProcessGroup {
  const log = openLogRing()
  // A group of its own: the terminal's Ctrl-C reaches EdgeLab, which then stops what it started, in order.
  const child = spawn(file, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env, cwd: '/' })
  child.stdout.on('data', log.add)
  child.stderr.on('data', log.add)
  const group = child.pid ?? 0
  let ended: string | undefined
  const exit = exitOf(child).then((why) => {
    ended = why
    // Children that outlived their parent. Later the number could be another group's.
    signalGroup(group, 'SIGKILL')
  })
  const drained = once(child, 'close').catch(() => undefined)

  return {
    group,
    pids: () => (group === 0 ? [] : [group]),
    ended: () => ended,
    logTail: log.tail,
    end: async () => {
      if (ended === undefined) {
        signalGroup(group, 'SIGTERM')
        const insist = setTimeout(() => signalGroup(group, 'SIGKILL'), stopMs)
        await exit
        clearTimeout(insist)
      }
      // Its last words are still on their way, unless something else holds its output open.
      await Promise.race([drained, delay(drainMs, undefined, { ref: false })])
    },
  }
}

/** Resolves, in words, when the process has ended or could not be started. */
function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) =>
      resolve(signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`),
    )
  })
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  // 0 would be our own group.
  if (group === 0) return
  try {
    process.kill(-group, signal)
  } catch {
    // It has ended already.
  }
}
