/** A program that is waited for and can be ended with all that it started. */
import { spawn } from 'node:child_process'
import { openLogRing } from '../log-ring.ts'

export interface FailedTool {
  /** `it ended with exit code 1`, or why it was ended. */
  readonly why: string
  readonly said: string
}

export interface Tool {
  /** null where it succeeded. */
  readonly ended: Promise<FailedTool | null>
  /** At once; `ended` resolves with this reason. */
  end(why: string): void
}

const saidLines = 40

export function runTool([file, ...args]: readonly [string, ...string[]], env: NodeJS.ProcessEnv): Tool {
  const log = openLogRing()
  let why = ''
  // A group of its own: a Ctrl-C of the terminal reaches it through `end` alone.
  const child = spawn(file, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.on('data', log.add)
  child.stderr.on('data', log.add)
  const ended = new Promise<FailedTool | null>((resolve) => {
    child.once('error', (error) => resolve({ why: error.message, said: '' }))
    child.once('close', (code, signal) => {
      if (code === 0 && why === '') return resolve(null)
      const how = signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`
      resolve({ why: why || how, said: log.tail(saidLines) })
    })
  })
  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null) return
    try {
      // Nothing of it is worth keeping, and it must not outlast whoever waits for it.
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has just ended by itself.
    }
  }
  // A second Ctrl-C ends this process where it stands.
  process.once('exit', kill)
  void ended.then(() => process.off('exit', kill))
  return {
    ended,
    end: (reason) => {
      why ||= reason
      kill()
    },
  }
}
