/** A small process that outlives this one by a moment: what the run started is removed, whatever becomes of EdgeLab. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { packageRoot } from '../../package-root.ts'
import { environmentWithEngine } from '../machine/environment.ts'
import { hostLabel, labelsOf } from './labels.ts'

/** What the guardian reads before the end where the run has removed everything itself. */
export const goodbye = 'goodbye'

export interface Guardian {
  /** Everything is removed: it ends at once. May be called twice. */
  dismiss(): Promise<void>
}

/**
 * It reads from a pipe that this process alone holds open and never writes to: it sleeps until the pipe closes, which
 * the kernel sees to however this process ends. Where it cannot be started the run goes on unguarded; `edgelab clean`
 * removes the same things.
 */
export async function startGuardian(runId: string): Promise<Guardian> {
  const host = (await labelsOf(runId))[hostLabel]!
  const program = join(packageRoot, 'dist', 'guardian.js')
  // A session of its own: neither Ctrl-C nor a closed terminal reaches it.
  const child = spawn(process.execPath, [program, runId, host], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: environmentWithEngine(),
  })
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.unref()
  // Typed as any stream; it is a socket, which would otherwise keep this process alive.
  ;(child.stdin as unknown as { unref(): void }).unref()
  const closed = once(child.stdin, 'close').catch(() => undefined)
  return {
    dismiss: async () => {
      if (child.stdin.writable) child.stdin.end(goodbye)
      await closed
    },
  }
}
