import { expect, onTestFinished, test } from 'vitest'
import { openContainers } from '../../src/runtime/containers/containers.ts'
import { engine } from '../../src/runtime/containers/engine.ts'
import { runWithKilled } from './killed.ts'

test('a container that is killed in a round leaves the run; the others finish', async () => {
  const runId = `killed-${process.pid}`
  const runtime = await openContainers({ runId, signal: new AbortController().signal })
  onTestFinished(() => runtime.close())
  const { record } = await runWithKilled(runtime, async ({ name }) => {
    const all = await engine().listContainers()
    const found = all.filter(({ NetworkSettings }) =>
      Object.keys(NetworkSettings.Networks).some((network) => network.includes(runId)),
    )
    for (const { Id } of found) {
      const container = engine().getContainer(Id)
      const { NetworkSettings } = await container.inspect()
      const aliases = Object.values(NetworkSettings.Networks).flatMap(({ Aliases }) => Aliases ?? [])
      if (aliases.includes(name)) await container.kill()
    }
  })
  const [scenario] = record.scenarios
  const counts = Object.groupBy(scenario!.rounds, ({ label }) => label)
  expect(counts['node-gateway']).toHaveLength(3)
  expect(counts['node-proxy']).toHaveLength(1)
  expect(scenario!.subjects.find(({ label }) => label === 'node-proxy')!.ended).toMatchObject({
    round: 1,
    why: 'it ended with exit code 137',
  })
}, 120_000)
