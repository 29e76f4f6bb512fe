/** How far a long reading has come: on a terminal, from the second second on. */
import { formatBytes } from '../../units.ts'
import type { StatusLine } from '../machine/get/status-line.ts'

const everyMs = 250

export function importProgress(name: string, status: StatusLine): (readBytes: number, bytes: number) => void {
  const began = performance.now()
  let next = began + 1000
  return (readBytes, bytes) => {
    const now = performance.now()
    if (now < next) return
    next = now + everyMs
    const speed = readBytes / ((now - began) / 1000)
    const share = bytes > 0 ? ` of ${formatBytes(bytes)}, ${Math.floor((readBytes / bytes) * 100)} %` : ''
    status.show(`Reading ${name}: ${formatBytes(readBytes)}${share}, ${formatBytes(speed)} a second`)
  }
}
