import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { eventsIn } from '../../../src/workshop/participant/connection/events-in.ts'

async function all(stream: Readable): Promise<readonly string[]> {
  const events: string[] = []
  for await (const event of eventsIn(stream)) events.push(event)
  return events
}

function read(...parts: readonly string[]): Promise<readonly string[]> {
  return all(Readable.from(parts.map((part) => Buffer.from(part))))
}

test('events in any pieces, with any line ends; comments and other fields are passed over', async () => {
  expect(await read('data: {"a":1}\n\n', ': beat\n\n', 'id: 7\nevent: x\ndata:b\n\n')).toEqual(['{"a":1}', 'b'])
  expect(await read('da', 'ta: one\r', '\n\r\ndata: tw', 'o\ndata: lines\n\n')).toEqual(['one', 'two\nlines'])
  // An event that was not ended is none.
  expect(await read('data: whole\n\ndata: half\n')).toEqual(['whole'])
})

test('letters that were cut in two', async () => {
  const bytes = Buffer.from('data: Größe\n\n')
  const pieces = Readable.from([bytes.subarray(0, 9), bytes.subarray(9)])
  expect(await all(pieces)).toEqual(['Größe'])
})

test('an event without an end is not collected for ever', async () => {
  await expect(read(`data: ${'x'.repeat(100_000)}`, 'x')).rejects.toThrow('no end')
})
