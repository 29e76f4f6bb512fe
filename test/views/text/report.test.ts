import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import type { Block } from '../../../src/comparison/finding.ts'
import { blockLines } from '../../../src/views/text/blocks/blocks.ts'
import { renderText } from '../../../src/views/text/report.ts'
import { hostileText, sampleModel } from '../sample-model.ts'

test.each([
  { columns: 40, unicode: true },
  { columns: 80, unicode: true },
  { columns: 80, unicode: false },
  { columns: 140, unicode: true },
])('at $columns columns, unicode $unicode', async ({ columns, unicode }) => {
  const text = renderText(sampleModel, { columns, unicode, color: false })
  const widest = Math.max(...text.split('\n').map((line) => stringWidth(line)))
  expect(widest).toBeLessThanOrEqual(columns)
  await expect(text).toMatchFileSnapshot(`../../golden/views/report-${columns}${unicode ? '' : '-ascii'}.txt`)
})

test('without Unicode nothing but ASCII is written', () => {
  expect(renderText(sampleModel, { columns: 80, color: false, unicode: false })).toMatch(/^[\n -~]*$/)
})

test('without colour no escape sequence is written; with colour only those that style', () => {
  expect(renderText(sampleModel, { columns: 80, color: false, unicode: true })).not.toContain('\u001b')
  const colored = renderText(sampleModel, { columns: 80, color: true, unicode: true })
  expect(colored).toContain('\u001b[32m')
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(
    renderText(sampleModel, { columns: 80, color: false, unicode: true }),
  )
})

test('hostile text is spelled out in every kind of block', () => {
  const blocks: Block[] = [
    {
      kind: 'table',
      title: hostileText,
      columns: [{ title: hostileText, align: 'left' }],
      rows: [[{ text: hostileText }]],
      caption: hostileText,
    },
    {
      kind: 'chart',
      shape: 'bar',
      title: hostileText,
      x: { title: hostileText, scale: 'category', labels: [hostileText] },
      y: { title: hostileText, scale: 'linear' },
      series: [{ name: hostileText, points: [[0, 1]] }],
      summary: hostileText,
    },
    {
      kind: 'bodies',
      title: hostileText,
      request: hostileText,
      answers: [
        {
          label: hostileText,
          status: 200,
          headers: [[hostileText, hostileText]],
          body: hostileText,
          remark: hostileText,
        },
      ],
    },
    { kind: 'code', title: hostileText, language: hostileText, text: hostileText },
    { kind: 'note', tone: 'info', text: hostileText },
  ]
  for (const block of blocks) {
    for (const columns of [40, 120]) {
      const text = blockLines(block, { columns, color: false, unicode: true }).join('\n')
      expect(text, block.kind).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028]/)
      expect(text.replaceAll(/\s/g, ''), block.kind).toContain('\\x1b[2J')
    }
  }
})
