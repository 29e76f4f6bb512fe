/** What is there after an EdgeLab was killed, and how to kill one. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { RuntimeKind } from '../../src/runtime/topology.ts'

export interface Left {
  readonly folders: readonly string[]
  readonly processes: readonly number[]
  readonly guardians: readonly number[]
}

export const nothing: Left = { folders: [], processes: [], guardians: [] }

/** What of a run is on this machine; linux only. */
export function leftOnThisMachine(runId: string): Left {
  return {
    folders: readdirSync(tmpdir()).filter((name) => name === `edgelab-${runId}`),
    processes: pidsWhere('environ', (variables) => variables.includes(`EDGELAB_RUN=${runId}`)),
    guardians: guardiansOf(runId),
  }
}

/** A guardian has its run among its arguments. */
export function guardiansOf(runId: string): readonly number[] {
  return pidsWhere('cmdline', (words) => words[1]?.endsWith('guardian.js') === true && words[2] === runId)
}

/** Processes whose environment (`NAME=value`) or command line holds; linux only. */
export function pidsWhere(
  file: 'environ' | 'cmdline',
  holds: (parts: readonly string[]) => boolean,
): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return holds(readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0'))
      } catch {
        return false
      }
    })
    .map(Number)
}

/** Starts an EdgeLab with one part running, and kills it, `without` the guardian where that is killed first. */
export async function killedHost(kind: RuntimeKind, runId: string, without?: 'guardian'): Promise<string> {
  const args = ['--import', 'tsx', 'test/runtime/host-to-kill.ts', kind, runId]
  const host = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [address] = await once(host.stdout, 'data')
  if (without === 'guardian') for (const pid of guardiansOf(runId)) process.kill(pid, 'SIGKILL')
  host.kill('SIGKILL')
  await once(host, 'exit')
  return String(address).trim()
}
