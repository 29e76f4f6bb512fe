/** A workspace and a task environment on this machine's processes, for tests. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Lab, Role } from '../../src/labs/file/lab.ts'
import type { Cast } from '../../src/labs/run/cast.ts'
import { assignRoles } from '../../src/labs/run/cast.ts'
import { openTaskEnvironment, type TaskEnvironment } from '../../src/labs/run/task-environment.ts'
import { availableAsProcess } from '../../src/runtime/processes/binaries.ts'
import { type SystemId, systems } from '../../src/systems/index.ts'
import { launchOf } from '../../src/systems/system.ts'

export const nginxRuns = availableAsProcess(launchOf(systems.nginx)!).available

export function role(name: string, system: SystemId, native?: string): Role {
  return { name, title: `the ${name}`, systems: [system], native: native === undefined ? {} : { [system]: native } }
}

export function castOf(roles: readonly Role[]): Cast {
  const available = roles.flatMap((each) => each.systems.map((id) => [id, { available: true, by: 'test' }] as const))
  return { runtime: 'processes', reason: 'asked for', assignments: assignRoles(roles, Object.fromEntries(available)) }
}

export interface Workspace {
  readonly path: string
  write(file: string, text: string): void
  copy(folder: string): void
  remove(): void
}

export function workspaceOf(files: Readonly<Record<string, string>> = {}): Workspace {
  const path = mkdtempSync(join(tmpdir(), 'lab-files-'))
  const workspace: Workspace = {
    path,
    write: (file, text) => {
      mkdirSync(dirname(join(path, file)), { recursive: true })
      writeFileSync(join(path, file), text)
    },
    copy: (folder) => cpSync(folder, path, { recursive: true }),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
  for (const [file, text] of Object.entries(files)) workspace.write(file, text)
  return workspace
}

export function openEnvironment(
  workspace: Workspace,
  roles: readonly Role[],
  scenario = 'shop.yaml',
  signal = new AbortController().signal,
): Promise<TaskEnvironment> {
  const lab: Pick<Lab, 'id' | 'roles' | 'folder'> = { id: 'test', roles, folder: 'test/labs/fixture-lab/07-fixture' }
  const names = roles.map(({ name }) => name)
  return openTaskEnvironment({
    lab,
    cast: castOf(roles),
    workspace: workspace.path,
    scenario,
    roles: names,
    seed: 1,
    signal,
  })
}
