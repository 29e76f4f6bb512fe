import { expect, test } from 'vitest'
import type { Block } from '../../../../src/comparison/finding.ts'
import type { HeaderList } from '../../../../src/http/headers.ts'
import type { RoleObservation } from '../../../../src/labs/progress/observation.ts'
import { nothingSeen } from '../../../../src/labs/progress/observed-answers.ts'
import { triedBlocks } from '../../../../src/labs/session/evidence/tried.ts'
import { blockLines } from '../../../../src/views/text/blocks/blocks.ts'

function through(label: string, headers: HeaderList, arrived: HeaderList | null, body = '{}'): RoleObservation {
  const request = arrived && { method: 'GET', path: '/products/7', headers: arrived }
  return {
    label,
    system: label,
    version: null,
    problem: '',
    answers: { tried: [{ status: 200, headers, body, durationMs: 1 }] },
    counts: {},
    origin: request ? { ...nothingSeen, requests: 1, last: [request] } : nothingSeen,
    metrics: {},
  }
}

function tableOf(blocks: readonly Block[]): readonly (readonly string[])[] {
  const found = blocks.find(({ kind }) => kind === 'table')
  return found?.kind === 'table' ? found.rows.map((row) => row.map(({ text }) => text)) : []
}

test('answers stand side by side, and what the origin saw of each', () => {
  const blocks = triedBlocks('GET /products/7', [
    through(
      'direct',
      [
        ['date', 'now'],
        ['content-type', 'application/json'],
      ],
      [['host', 'shop']],
    ),
    through(
      'nginx',
      [
        ['server', 'nginx'],
        ['x-cache', 'HIT'],
      ],
      null,
    ),
  ])
  expect(blocks[0]).toMatchObject({
    kind: 'bodies',
    request: 'GET /products/7',
    answers: [
      { label: 'direct', status: 200, headers: [['content-type', 'application/json']] },
      { label: 'nginx', status: 200, headers: [['x-cache', 'HIT']] },
    ],
  })
  expect(tableOf(blocks)).toEqual([
    ['requests', '1', '0'],
    ['host', 'shop', '–'],
  ])
  expect(blocks[1]).toMatchObject({ caption: expect.stringContaining('Through nginx nothing arrived') })
})

test('who was not up is said to have been left out', () => {
  const absent = { ...through('nginx', [], null), problem: 'unknown directive', answers: {} }
  expect(triedBlocks('GET /', [absent])).toEqual([
    { kind: 'note', tone: 'warning', text: 'nginx was not asked: unknown directive' },
  ])
})

test('hostile answers are cut, and nothing of them moves the cursor', () => {
  const hostile = '\u001b[2J\u001b]8;;http://evil\u0007\u009b31m\r'
  const headers = Array.from({ length: 300 }, (_, at) => [`x-${at}`, hostile.repeat(100)] as const)
  const body = `${hostile}\n`.repeat(1000)
  const blocks = triedBlocks('GET /', [through('evil', headers, headers.slice(0, 2), body)])
  const lines = blocks.flatMap((block) => blockLines(block, { columns: 80, color: false, unicode: true }))
  expect(lines.join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  expect(lines.length).toBeLessThan(140)
})
