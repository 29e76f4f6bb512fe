import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { OpenedApp } from './harness.tsx'

const folder = join(import.meta.dirname, '../../golden/tui')

/** The screen as it is kept in test/golden/tui/<name>.txt. UPDATE_GOLDEN=1 writes it. */
export function expectGolden(app: OpenedApp, name: string): void {
  const text = `${app.rows().join('\n')}\n`
  const path = join(folder, `${name}.txt`)
  if (process.env['UPDATE_GOLDEN']) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, text)
  }
  expect(text).toBe(readFileSync(path, 'utf8'))
}

/** Enough, comfortable, wide. */
export const sizes: readonly (readonly [columns: number, rows: number])[] = [
  [60, 16],
  [80, 24],
  [140, 45],
]
