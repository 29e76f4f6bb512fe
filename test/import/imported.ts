/** Recordings of tests: written to a folder, imported, and the scenario loaded as a run loads it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { findingMetrics } from '../../src/comparison/findings/registry.ts'
import type { LogOptions } from '../../src/import/access-log/read.ts'
import { readAccessLog } from '../../src/import/access-log/read.ts'
import { readHar } from '../../src/import/har/read.ts'
import { type Imported, toScenario } from '../../src/import/import.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { systemIds } from '../../src/systems/index.ts'

export type Read = Imported & { readonly scenario: Scenario }

const never = { signal: new AbortController().signal, onProgress: () => undefined }

export function recordings() {
  const folder = mkdtempSync(join(tmpdir(), 'import-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const written = (content: string | Buffer): string => {
    const path = join(folder, 'recording')
    writeFileSync(path, content)
    return path
  }
  const log = async (
    content: string | Buffer,
    options: Partial<LogOptions> & { readonly speed?: number } = {},
  ): Promise<Read> => {
    const path = written(content)
    const reading = await readAccessLog(path, { fields: new Map(), ...never, ...options })
    return loaded(toScenario(reading, path, { id: 'recorded', speed: options.speed ?? 1 }))
  }
  const har = async (content: unknown, hosts: readonly string[] = []): Promise<Read> => {
    const path = written(typeof content === 'string' ? content : JSON.stringify(content))
    return loaded(toScenario(await readHar(path, { hosts, ...never }), path, { id: 'recorded', speed: 1 }))
  }
  return { folder, log, har }
}

export function load(text: string): Scenario {
  const options = { systems: systemIds, findings: findingMetrics, makeKey: (consumer: string) => `key-of-${consumer}` }
  return loadScenario(text, 'recorded.yaml', options)
}

function loaded(imported: Imported): Read {
  return { ...imported, scenario: load(imported.text) }
}

/** A line of the combined format. */
export function combined(
  second: number,
  request: string,
  rest: Partial<{ status: number; bytes: number; agent: string; end: string }> = {},
): string {
  const { status = 200, bytes = 2000, agent = 'curl/8.14.1', end = '' } = rest
  const at = new Date(Date.UTC(2026, 9, 10, 12) + second * 1000).toISOString()
  const time = `10/Oct/2026:${at.slice(11, 19)} +0000`
  return `203.0.113.9 - - [${time}] "${request}" ${status} ${bytes} "-" "${agent}"${end}\n`
}
