/** Output that fails is an interruption: one line, nothing lost, nothing left, and a code that says so. */
import { existsSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadRecord } from '../../src/measurement/store/store.ts'
import { type CommandFolder, commandFolder, ended, smallRun } from './command.ts'

const goneReader = 'edgelab: nobody reads the output any more; stopping as on Ctrl-C.\n'
const fullDisk = 'edgelab: the output cannot be written: no space is left on the disk; stopping as on Ctrl-C.\n'

describe.skipIf(process.platform !== 'linux')('output that fails', () => {
  let folder: CommandFolder
  beforeEach(async () => {
    folder = await commandFolder()
  })
  afterEach(() => folder.remove())

  const full = (): number => openSync('/dev/full', 'w')
  const reports = (): readonly string[] =>
    existsSync(join(folder.path, 'reports')) ? readdirSync(join(folder.path, 'reports')) : []

  test.each([
    [['list', 'scenarios']],
    [['list', 'runs']],
    [['config', 'nginx', 'caching']],
    [['report', join(process.cwd(), 'reports', 'sample'), '--markdown']],
    [['--help']],
  ])('%j into a full disk', async (args) => {
    expect(await folder.run(args, ['ignore', full(), 'pipe'])).toEqual({ code: 3, stdout: '', stderr: fullDisk })
  })

  test.each([[['list', 'scenarios']], [['doctor']], [['lab', 'list']]])('%j to a reader that is gone', async (args) => {
    const child = folder.start(args)
    child.stdout!.destroy()
    expect(await ended(child)).toEqual({ code: 130, stdout: '', stderr: goneReader })
  })

  test('nowhere left to say it: the code still does', async () => {
    expect(await folder.run(['list', 'scenarios'], ['ignore', full(), full()])).toMatchObject({ code: 3 })
  })

  test.each([[[]], [['--json']]])(
    'a run into a full disk %j ends before it measures, and leaves no folder',
    async (more) => {
      const { code, stderr } = await folder.run([...smallRun, ...more], ['ignore', full(), 'pipe'])
      expect({ code, stderr }).toEqual({ code: 3, stderr: fullDisk })
      expect(reports()).toEqual([])
    },
  )

  test('a run whose reader goes away keeps the finished rounds', async () => {
    const child = folder.start([...smallRun, '--rounds', '50'])
    const end = ended(child)
    let seen = ''
    child.stdout!.on('data', (text: string) => {
      seen += text
      if (/round 1 of 50 +node-proxy/.test(seen)) child.stdout!.destroy()
    })
    const { code, stderr } = await end
    expect(code).toBe(130)
    const [run] = reports()
    expect(stderr).toBe(`${goneReader}Record  ${join(folder.path, 'reports', run!, 'run.json')}\n`)
    const { partial, scenarios } = await loadRecord(join(folder.path, 'reports', run!))
    expect(partial).toBe(true)
    expect(scenarios[0]!.rounds.length).toBeGreaterThanOrEqual(2)
  })
})
