import type { Fidelity } from '../system.ts'
import { type Adapt, type OwnFile, withOwnFiles } from './own-files.ts'

/**
 * The files of somebody of whom no more is known: they are laid over, and what the policy was compiled to says nothing
 * of them any more. Lines that the system cannot carry out at all stay impossible, as their probes are skipped.
 */
export function withReadersFiles(files: readonly OwnFile[]): Adapt {
  const lay = withOwnFiles(files)
  return (native, site, policy) => ({ ...lay(native, site, policy), fidelity: native.fidelity.map(unknown) })
}

function unknown(line: Fidelity): Fidelity {
  if (line.level === 'impossible') return line
  return { ...line, level: 'unknown', how: 'The reader’s own configuration: probes judge it.' }
}
