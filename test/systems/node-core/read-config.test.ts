import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { EdgeConfig } from '../../../src/systems/node-core/config.ts'
import { filterNames } from '../../../src/systems/node-core/config.ts'
import { readConfig } from '../../../src/systems/node-core/read-config.ts'

const config: EdgeConfig = {
  listen: '127.0.0.1:1',
  forwarded: true,
  keepAlive: true,
  gates: ['transform', 'apiKey', 'rateLimit'],
  origins: { catalogue: { instances: ['[::1]:2'], balance: 'weighted', weights: [2] } },
  locations: [{ path: '/', origin: 'catalogue', cache: 0, rateLimit: 0 }],
  caches: [{ path: '/', ttlMs: 2000, key: ['path', 'query'], coalesce: true, staleOnErrorMs: 0 }],
  apiKeys: [{ path: '/', header: 'x-api-key', consumers: [{ name: 'web', key: 'k' }] }],
  rateLimits: [{ path: '/', ratePerSecond: 0.5, burst: 3, per: 'address' }],
  transforms: [[{ accept: 'application/xml', as: 'xml' }]],
}

test('what was written is what is read', () => {
  expect(readConfig(JSON.stringify(config), filterNames)).toEqual(config)
})

test.each<[string, object, string]>([
  [
    'a setting that is not one',
    { keepalive: false },
    'keepalive: “keepalive” is not a key here; did you mean “keepAlive”?',
  ],
  ['a word for a boolean', { forwarded: 'off' }, 'forwarded: should be true or false, not “off”'],
  ['a setting left out', { keepAlive: undefined }, 'keepAlive: “keepAlive” is missing'],
  [
    'a gate that is not one',
    { gates: ['keys', 'rateLimit', 'transform'] },
    'gates.0: should be apiKey, rateLimit or transform, not “keys”',
  ],
  ['a gate left out', { gates: ['apiKey', 'rateLimit'] }, 'gates: each of apiKey, rateLimit, transform once'],
  ['a gate twice', { gates: ['apiKey', 'apiKey', 'transform'] }, 'gates: each of apiKey, rateLimit, transform once'],
  ['an address without a port', { listen: 'localhost' }, 'listen: an address is written "host:port"'],
  ['an unknown origin', { locations: [{ path: '/', origin: 'shop' }] }, 'locations.0.origin: there is no origin shop'],
  ['a limit that went away', { rateLimits: [] }, 'locations.0.rateLimit: there is no number 0'],
  [
    'a setting deep inside',
    { rateLimits: [{ path: '/', ratePerSecond: 0, burst: 3, per: 'key' }] },
    'rateLimits.0.per: should be consumer or address, not “key”',
  ],
])('%s is named', (_, changes, mistake) => {
  expect(() => readConfig(JSON.stringify({ ...config, ...changes }), filterNames)).toThrow(mistake)
})

test('a proxy has no gates', () => {
  expect(readConfig(JSON.stringify({ ...config, gates: [] }), []).gates).toEqual([])
  expect(() => readConfig(JSON.stringify(config), [])).toThrow('gates: this program has none')
})

test('the program ends with every mistake in words, and with the place where it is not JSON', () => {
  const folder = mkdtempSync(join(tmpdir(), 'edge-'))
  const file = join(folder, 'edge.json')
  const started = (text: string): { readonly status: number | null; readonly stderr: string } => {
    writeFileSync(file, text)
    const program = 'src/systems/node-proxy/program/main.ts'
    return spawnSync(process.execPath, ['--import', 'tsx', program, file], { encoding: 'utf8', timeout: 20_000 })
  }
  try {
    const mistaken = started(JSON.stringify({ ...config, gates: [], keepAlive: 1, forward: true }))
    expect(mistaken.status).toBe(1)
    expect(mistaken.stderr.split('\n')).toEqual([
      `${file} cannot be used:`,
      '  keepAlive: should be true or false, not 1',
      '  forward: “forward” is not a key here; did you mean “forwarded”?',
      '',
    ])
    expect(started('{\n  "listen" "x"\n}').stderr).toMatch(/not JSON: .*line 2/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
