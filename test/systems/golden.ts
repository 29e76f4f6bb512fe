/** The native configuration of one policy, as files that a person can read. UPDATE_GOLDEN=1 writes them. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import type { Site, System } from '../../src/systems/system.ts'
import { referencePolicy } from './reference-policy.ts'

const site: Site = {
  listen: { host: '0.0.0.0', port: 8080 },
  origins: {
    catalogue: [
      { host: 'origin-catalogue-1', port: 8080 },
      { host: 'origin-catalogue-2', port: 8080 },
    ],
    orders: [
      { host: 'origin-orders-1', port: 8080 },
      { host: 'origin-orders-2', port: 8080 },
    ],
  },
  configDir: '/etc/edge',
  scratchDir: '/run/edge',
}

/** Holds the configuration and the fidelity of each line against the files below test/golden/<system>. */
export function expectGolden({ id, compile }: System): void {
  const { files, fidelity } = compile(referencePolicy, site)
  const said = fidelity.map(({ path, line, level, how }) => `${path}: ${line}\n  ${level}: ${how}\n`).join('')
  const wanted = new Map([...files.map(({ path, text }) => [path, text] as const), ['fidelity.txt', said]])
  const folder = join(import.meta.dirname, '../golden', id)
  if (process.env['UPDATE_GOLDEN']) {
    rmSync(folder, { recursive: true, force: true })
    for (const [path, text] of wanted) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
  }
  const kept = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  expect(Object.fromEntries(kept.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]))).toEqual(
    Object.fromEntries(wanted),
  )
}
