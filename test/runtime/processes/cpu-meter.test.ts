/** CPU of a process group, with real processes that burn some. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { cpuNsOfProcesses, processTable } from '../../../src/runtime/processes/cpu-meter.ts'
import { allPids, cpuNsOfGroup } from '../../../src/runtime/processes/tree.ts'

/** Burns CPU, with one child that does the same once a line is sent. */
const program = `
const { spawn } = require('node:child_process')
const burn = 'setInterval(() => { const end = Date.now() + 5; while (Date.now() < end); }, 10)'
eval(burn)
process.stdin.once('data', () => {
  const child = spawn(process.execPath, ['-e', burn], { stdio: 'ignore' })
  process.stdout.write(child.pid + '\\n')
})
process.stdout.write('ready\\n')
`

test('all threads count, and a child that is started later is seen by the next meter', async (context) => {
  if ((await allPids()).length === 0) return context.skip('there is no /proc here')
  const child = spawn(process.execPath, ['-e', program], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] })
  onTestFinished(() => void process.kill(-child.pid!, 'SIGKILL'))
  await once(child.stdout, 'data')
  const table = processTable()
  const alone = await table.processesOf(child.pid!)
  expect(alone).toEqual([child.pid])
  const before = cpuNsOfProcesses(alone)!
  await expect.poll(() => cpuNsOfProcesses(alone)!, { timeout: 10_000 }).toBeGreaterThan(before + 10_000_000)
  // The slow account, which looks at every process, agrees: it was read later, so it is not less.
  expect(await cpuNsOfGroup(child.pid!)).toBeGreaterThanOrEqual(before + 10_000_000)
  child.stdin.write('\n')
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const both = await table.processesOf(child.pid!)
  expect(both.toSorted((a, b) => a - b)).toEqual([child.pid!, Number(line)].toSorted((a, b) => a - b))
}, 30_000)

test('a process that is gone is left out', () => {
  expect(cpuNsOfProcesses([2 ** 30])).toBeNull()
})
