import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openBinaries } from '../../../src/commands/app/binaries.ts'
import { filesBelow, type IndexHere, indexHere, whyNoPip } from '../../runtime/wheels/index-here.ts'

const noPip = whyNoPip()
let index: IndexHere

beforeEach(async (context) => {
  if (noPip !== '') context.skip(noPip)
  index = await indexHere({ ballast: 4_000_000 })
})
afterEach(async () => {
  await index?.close()
  vi.unstubAllEnvs()
})

test('what is fetched is seen on its way, and counted when it is there', async () => {
  const binaries = openBinaries()
  const words: string[] = []
  const quiet = binaries.subscribe(() => words.push(binaries.state().fetching?.words ?? 'nothing'))
  await binaries.get(index.wheel)
  expect(binaries.state()).toEqual({ fetching: null, come: 1 })
  expect(words[0]).toBe('made-up: asking the index')
  expect(words.at(-1)).toBe('nothing')
  const seen = words.length
  quiet()
  await binaries.get(index.wheel)
  expect(words).toHaveLength(seen)
})

test('stopped, it leaves nothing half done, and can begin anew', async () => {
  index.stall()
  const binaries = openBinaries()
  const arrives = Promise.withResolvers<void>()
  binaries.subscribe(() => /MB of/.test(binaries.state().fetching?.words ?? '') && arrives.resolve())
  const failed = binaries.get(index.wheel).catch(({ name }: Error) => name)
  await arrives.promise
  await binaries.stop()
  expect(await failed).toBe('fetchInterrupted')
  expect(binaries.state()).toEqual({ fetching: null, come: 0 })
  expect(await filesBelow(index.home)).toEqual([])
})
