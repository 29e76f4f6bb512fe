import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { absence } from '../../src/comparison/rounds.ts'
import { checkRecord } from '../../src/measurement/schema/record.ts'
import { openProcesses } from '../../src/runtime/processes/processes.ts'
import { allPids } from '../../src/runtime/processes/tree.ts'
import { systemsOfRun } from '../../src/views/words/conditions.ts'
import { runWithKilled } from './killed.ts'

test('a system that is killed in a round leaves the run; the others finish, and the record says when and why', async () => {
  const signal = new AbortController().signal
  const runtime = await openProcesses({ runId: `killed-${process.pid}`, signal })
  onTestFinished(() => runtime.close())
  const { record, told } = await runWithKilled(runtime, async ({ configDir }) => {
    const [pid] = (await allPids()).filter((each) => commandOf(each).includes(configDir))
    process.kill(pid!, 'SIGKILL')
  })
  const [scenario] = record.scenarios
  const roundsOf = (label: string): readonly number[] =>
    scenario!.rounds.filter((round) => round.label === label).map(({ index }) => index)
  expect(roundsOf('direct')).toEqual([0, 1, 2])
  expect(roundsOf('node-gateway')).toEqual([0, 1, 2])
  expect(roundsOf('node-proxy')).toEqual([0])
  expect(record.partial).toBe(false)
  const subject = scenario!.subjects.find(({ label }) => label === 'node-proxy')!
  expect(subject.ended).toEqual({ at: expect.any(String), round: 1, why: 'it was ended by SIGKILL' })
  expect(Date.parse(subject.ended!.at)).toBeGreaterThan(Date.parse(record.startedAt))
  expect(told).toEqual([`it ${subject.reason}`])
  expect(absence(scenario!, subject)).toMatch(
    /^node-proxy ended in round 2 of 3, at \S+: it was ended by SIGKILL; only the rounds before it count\.$/,
  )
  expect(
    systemsOfRun(record)
      .filter(({ absent }) => absent.length > 0)
      .map(({ label }) => label),
  ).toEqual(['node-proxy'])
  expect(checkRecord(JSON.parse(JSON.stringify(record)))).toEqual(record)
}, 60_000)

/** Its command line; nothing of a process that is gone, or where there is no /proc. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
