/** A task of a lab, judged once with its solution, in a process whose environment is the caller's: prints the verdicts. */
import type { TaskStep } from '../../src/labs/file/lab.ts'
import { loadLab } from '../../src/labs/file/load/load.ts'
import { openEnvironment, role, workspaceOf } from './task-environment-here.ts'

const fixture = 'test/labs/fixture-lab/07-fixture'
const { steps } = await loadLab(fixture)
const { checks } = steps.find((each): each is TaskStep => each.type === 'task')!
const workspace = workspaceOf()
for (const part of ['files', 'solution']) workspace.copy(`${fixture}/${part}`)
const environment = await openEnvironment(workspace, [role('proxy', 'node-proxy', 'native/node-proxy')])
try {
  const judged = await environment.judge(
    checks.filter(({ id }) => id !== 'spoken'),
    () => undefined,
  )
  process.stdout.write(`${judged.map(({ id, state }) => `${id} ${state}`).join('\n')}\n`)
} finally {
  await environment.close()
  workspace.remove()
}
