/** Where a learner's things are kept: the state folder of EdgeLab, and one folder in it for each lab. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Name } from '../../policy/policy.ts'

/** `EDGELAB_HOME`, else `$XDG_STATE_HOME/edgelab`, else `~/.local/state/edgelab`; absolute. */
export function edgelabHome(env: NodeJS.ProcessEnv = process.env): string {
  const state = env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state')
  return resolve(env['EDGELAB_HOME'] || join(state, 'edgelab'))
}

export interface LabHome {
  readonly folder: string
  readonly progress: string
  /** There while the lab is open, and beside the folder, so that this can be put aside whole. */
  readonly lock: string
  /** The learner's files. */
  readonly workspace: string
  readonly report: string
}

export function labHome(lab: Name): LabHome {
  const folder = join(edgelabHome(), 'labs', lab)
  return {
    folder,
    progress: join(folder, 'progress.json'),
    lock: `${folder}.lock`,
    workspace: join(folder, 'files'),
    report: join(folder, 'report.html'),
  }
}
