import { expect, test } from 'vitest'
import { escapeMarkdown, fenced } from '../../../src/views/text/markdown.ts'

test('text stays text: no markup, cell, link, mention, issue or heading comes of it', () => {
  expect(escapeMarkdown('<b>|`x`*y*_z_')).toBe('&lt;b&gt;\\|\\`x\\`\\*y\\*\\_z\\_')
  expect(escapeMarkdown('[a](javascript:1) ![b](c)')).toBe('\\[a\\](javascript:1) !\\[b\\](c)')
  expect(escapeMarkdown('@everyone #12')).toBe('@<!-- -->everyone #<!-- -->12')
  expect(escapeMarkdown('https://evil.example www.evil.example')).toBe('https&#58;//evil.example www&#46;evil.example')
  expect(escapeMarkdown('# head')).toBe('\\# head')
  expect(escapeMarkdown('1. one\n- two')).toBe('1\\. one<br>\\- two')
})

test('what is fenced cannot close its fence', () => {
  expect(fenced('a\n```\nb', 'sh')).toBe('````sh\na\n```\nb\n````')
})
