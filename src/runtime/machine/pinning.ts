/** The driver gets a core of its own, systems and origins the others: it must not wait for what it measures. */
import { readFileSync } from 'node:fs'
import type { Pinning } from '../topology.ts'

/** The cores this process may use: `0-3,6` → [0, 1, 2, 3, 6]; empty where the platform does not say. */
export function allowedCores(status = readStatus()): readonly number[] {
  const list = /^Cpus_allowed_list:\s+(\S+)/m.exec(status)?.[1]
  if (!list) return []
  return list.split(',').flatMap((part) => {
    const [from, to = from] = part.split('-').map(Number)
    return Array.from({ length: to! - from! + 1 }, (_, index) => from! + index)
  })
}

function readStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8')
  } catch {
    return ''
  }
}

/** Where nothing is measured. */
export const coresShared: Pinning = { driver: null, others: null, note: 'nothing is measured: cores are shared' }

export function choosePinning(cores: readonly number[] = allowedCores()): Pinning {
  if (cores.length === 0) return { driver: null, others: null, note: 'cores cannot be assigned on this platform' }
  if (cores.length < 2)
    return { driver: null, others: null, note: 'there is one core only: driver and systems share it' }
  const driver = cores.at(-1)!
  const others = cores.slice(0, -1)
  return { driver: [driver], others, note: `driver on core ${driver}, systems and origins on ${others.join(', ')}` }
}
