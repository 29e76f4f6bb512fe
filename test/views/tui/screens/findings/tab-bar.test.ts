import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { tabBarLine } from '../../../../../src/views/tui/screens/findings/tab-bar.ts'
import type { Tab } from '../../../../../src/views/tui/screens/findings/tabs.ts'

const titles = ['Verdict', 'Latency', 'CPU', 'Caching', 'Rate limit', 'Transform', 'Effort', 'Proof', 'Config', 'Raw']
const ids = [
  'verdict',
  'latency',
  'cpu',
  'caching',
  'rate-limit',
  'transform',
  'effort',
  'proof',
  'config',
  'raw',
] as const
const tabs = ids.map((id, at): Tab => ({ id, title: titles[at] as string, scenarios: [] }))

test.each([58, 78, 98, 138])('at %i columns the open tab is always there, and the line fits', (columns) => {
  for (const [at, { id, title }] of tabs.entries()) {
    for (const unicode of [true, false]) {
      const line = tabBarLine(tabs, id, columns, { unicode, color: false })
      expect(line).toContain(`[${at === 9 ? 0 : at + 1} ${title}]`)
      expect(stringWidth(line)).toBeLessThanOrEqual(columns)
      if (!unicode) expect(line).toMatch(/^[ -~]*$/)
    }
  }
})

test('what is left out is shown to be there', () => {
  expect(tabBarLine(tabs, 'rate-limit', 58, { unicode: true, color: false })).toMatch(/^….*\[5 Rate limit\].*…$/)
  expect(tabBarLine(tabs, 'verdict', 138, { unicode: true, color: false })).not.toContain('…')
})

test('with colour the open tab is inverse as well', () => {
  expect(tabBarLine(tabs, 'cpu', 138, { unicode: true, color: true })).toContain('\u001b[7m[3 CPU]\u001b[27m')
})
