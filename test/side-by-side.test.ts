import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { allEnded, slots } from '../src/side-by-side.ts'

/** Work that ends when it is told to. */
function work(name: string, begun: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const act = (): Promise<string> => {
    begun.push(name)
    return promise
  }
  return { act, end: () => resolve(name), fail: () => reject(new Error(name)) }
}

test('no more at once than there are slots; waiting work goes by rank, then in order', async () => {
  const begun: string[] = []
  const limit = slots(2)
  const [a, b, late, soon, later] = ['a', 'b', 'late', 'soon', 'later'].map((name) => work(name, begun)) as [
    ReturnType<typeof work>,
    ReturnType<typeof work>,
    ReturnType<typeof work>,
    ReturnType<typeof work>,
    ReturnType<typeof work>,
  ]
  const done = allEnded([limit(0)(a.act), limit(0)(b.act), limit(2)(late.act), limit(1)(soon.act), limit(2)(later.act)])
  await setImmediate()
  expect(begun).toEqual(['a', 'b'])
  b.end()
  await setImmediate()
  expect(begun).toEqual(['a', 'b', 'soon'])
  soon.end()
  await setImmediate()
  expect(begun).toEqual(['a', 'b', 'soon', 'late'])
  for (const each of [a, late, later]) each.end()
  expect(await done).toEqual(['a', 'b', 'late', 'soon', 'later'])
})

test('one that fails gives its slot back, and is told when all have ended', async () => {
  const begun: string[] = []
  const limit = slots(1)(0)
  const [bad, good] = [work('bad', begun), work('good', begun)]
  let isOver = false
  const done = allEnded([limit(bad.act), limit(good.act)])
  const over = expect(done)
    .rejects.toThrow('bad')
    .then(() => {
      isOver = true
    })
  await setImmediate()
  bad.fail()
  await setImmediate()
  expect(begun).toEqual(['bad', 'good'])
  expect(isOver).toBe(false)
  good.end()
  await over
})
