import { expect, test } from 'vitest'
import { escapeMarkdown, renderMarkdown } from '../../../src/views/text/markdown.ts'
import { sampleModel } from '../sample-model.ts'

test('the report for a pull request', async () => {
  await expect(renderMarkdown(sampleModel)).toMatchFileSnapshot('../../golden/views/report.md')
})

test('text stays text: no markup, cell, link, mention, issue or heading comes of it', () => {
  expect(escapeMarkdown('<b>|`x`*y*_z_')).toBe('&lt;b&gt;\\|\\`x\\`\\*y\\*\\_z\\_')
  expect(escapeMarkdown('[a](javascript:1) ![b](c)')).toBe('\\[a\\](javascript:1) !\\[b\\](c)')
  expect(escapeMarkdown('@everyone #12')).toBe('@<!-- -->everyone #<!-- -->12')
  expect(escapeMarkdown('https://evil.example www.evil.example')).toBe('https&#58;//evil.example www&#46;evil.example')
  expect(escapeMarkdown('# head')).toBe('\\# head')
  expect(escapeMarkdown('1. one\n- two')).toBe('1\\. one<br>\\- two')
})

test('a captured body cannot close its fence', () => {
  const markdown = renderMarkdown(sampleModel)
  expect(markdown).toContain('````http\n')
  const fences = markdown.match(/^`{3,}/gm) ?? []
  expect(fences.length % 2).toBe(0)
})
