import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { tabBarLine } from '../../../../../src/views/tui/screens/findings/tab-bar.ts'
import { type Tab, type TabId, tabAfterKey } from '../../../../../src/views/tui/screens/findings/tabs.ts'

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

/** Fourteen findings, Config and Raw; `58` and `78` are what 60 and 80 columns leave. */
const sixteen = Array.from(
  { length: 16 },
  (_, at): Tab => ({ id: `f${at}` as TabId, title: `Finding ${at}`, scenarios: [] }),
)

test.each([58, 78])(
  'sixteen tabs at %i columns: each is there when it is open, with a sign of those beside it',
  (columns) => {
    for (const [at, { id, title }] of sixteen.entries()) {
      const line = tabBarLine(sixteen, id, columns, { unicode: true, color: false })
      expect(line).toContain(`[${(at + 1) % 10} ${title}]`)
      expect(stringWidth(line)).toBeLessThanOrEqual(columns)
      expect(line.startsWith('…')).toBe(!line.includes('Finding 0'))
      expect(line.endsWith('…')).toBe(!line.includes('Finding 15'))
    }
  },
)

test('digits reach all sixteen: one that is pressed again goes on to the next tab that has it', () => {
  const opened = (key: string, from: string): string => tabAfterKey(sixteen, key, from as TabId)!.id
  expect([opened('1', 'f4'), opened('1', 'f0'), opened('1', 'f10')]).toEqual(['f0', 'f10', 'f0'])
  expect([opened('0', 'f4'), opened('0', 'f9'), opened('6', 'f5')]).toEqual(['f9', 'f9', 'f15'])
  const reached = sixteen.flatMap((_, at) => {
    const key = String((at + 1) % 10)
    const first = opened(key, 'none')
    return [first, opened(key, first)]
  })
  expect(new Set(reached).size).toBe(16)
})
