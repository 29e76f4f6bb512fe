import { cpus, type as osType, release, totalmem } from 'node:os'
import { askEngine } from '../containers/engine.ts'
import { allowedCores } from './pinning.ts'

export interface Host {
  readonly os: string
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  readonly node: string
  readonly engine: string | null
}

/** The machine, as far as figures depend on it. No name, no user, no address. */
export async function describeHost(): Promise<Host> {
  const state = await askEngine()
  return {
    os: `${osType()} ${release()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: allowedCores().length || cpus().length,
    memoryBytes: totalmem(),
    node: process.versions.node,
    engine: state.answers ? `Docker ${state.version}` : null,
  }
}
