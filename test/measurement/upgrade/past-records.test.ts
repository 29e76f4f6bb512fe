import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type RunRecord, recordFormatVersion } from '../../../src/measurement/run-record.ts'
import { checkRecord } from '../../../src/measurement/schema/record.ts'
import { upgrade } from '../../../src/measurement/upgrade/upgrade.ts'
import { sampleRecord } from '../../comparison/record-factory.ts'

const kept = 'test/measurement/records'
const files = readdirSync(kept).map((name) => `${kept}/${name}`)
const versionOf = (file: string): number => JSON.parse(readFileSync(file, 'utf8')).formatVersion

test('a record of every past version is kept', () => {
  const past = Array.from({ length: recordFormatVersion - 1 }, (_, index) => index + 1)
  expect([...new Set(files.map(versionOf))].sort()).toEqual(past)
})

test.each(['reports/sample/run.json', ...files])('%s is read', (file) => {
  expect(checkRecord(JSON.parse(readFileSync(file, 'utf8')))).toMatchObject({ formatVersion: recordFormatVersion })
})

test('what version 1 left out has its value in version 2', () => {
  const { quick: _, declared: __, scenarios, ...head } = sampleRecord()
  const old = {
    ...head,
    formatVersion: 1,
    scenarios: scenarios.map((each) => ({ ...each, rounds: each.rounds.map(({ faults: _, ...round }) => round) })),
  }
  expect(checkRecord(old)).toEqual({ ...head, quick: false, declared: [], scenarios })
})

test('requests, answers and clients of version 1 have the one shape that version 2 has for them', () => {
  const record = sampleRecord()
  const old = record.scenarios.map(({ scenario, subjects, rounds, ...rest }) => ({
    ...rest,
    scenario: {
      ...scenario,
      traffic: scenario.traffic.map(({ mix, ...phase }) => ({
        ...phase,
        mix: mix.map(({ method: _, path: get, headers: __, ...entry }) => ({ get, ...entry })),
      })),
      clients: Object.fromEntries(
        Object.entries(scenario.clients).map(([name, { headers, ...client }]) => [
          name,
          { ...Object.fromEntries(headers), ...client },
        ]),
      ),
    },
    subjects: subjects.map((subject) => ({
      ...subject,
      proof: subject.proof.map((probe) => ({
        ...probe,
        evidence: probe.evidence.map(({ request: { method: _, path, headers }, ...answer }) => ({
          ...answer,
          request: { path, headers: Object.fromEntries(headers) },
          headers: Object.fromEntries(answer.headers),
        })),
      })),
    })),
    rounds: rounds.map((round) => ({
      ...round,
      samples: round.samples.map(({ request: { path }, ...sample }) => ({ ...sample, path })),
    })),
  }))
  expect(JSON.stringify(old).includes('"method":"GET"')).toBe(false)
  expect(checkRecord({ ...record, formatVersion: 1, scenarios: old })).toEqual(record)
})

test.each<readonly [what: string, clients: unknown, policy: unknown]>([
  ['no such client', {}, { apiKey: [] }],
  ['no policy', { greedy: { consumer: 'greedy' } }, undefined],
  ['clients that are none', 7, { apiKey: [{ header: 'x-api-key', consumers: 7 }] }],
])('a sample of version 1 with %s is lifted without its headers', (_, clients, policy) => {
  const sample = { phase: 'steady', client: 'greedy', path: '/', status: 200, headers: [], body: '', truncated: false }
  const old = { formatVersion: 1, scenarios: [{ scenario: { clients, policy }, rounds: [{ samples: [sample] }] }] }
  const request = { method: 'GET', path: '/', headers: [] }
  expect(upgrade(old)).toMatchObject({ scenarios: [{ rounds: [{ samples: [{ request }] }] }] })
})

test('what is built of libraries was called a proxy or a gateway up to version 2', () => {
  const file = files.find((each) => versionOf(each) === 2)!
  const before = JSON.parse(readFileSync(file, 'utf8')) as RunRecord
  const after = checkRecord(before) as RunRecord
  const kinds = (each: RunRecord) =>
    Object.fromEntries(
      [...each.declared, ...each.scenarios.flatMap(({ subjects }) => subjects)].map((one) => [one.system, one.kind]),
    )
  expect(kinds(before)).toMatchObject({ nginx: 'proxy', 'node-proxy': 'proxy', 'node-gateway': 'gateway' })
  expect(kinds(after)).toEqual({ ...kinds(before), 'node-proxy': 'self-built', 'node-gateway': 'self-built' })
})

test('everything was measured in rounds up to version 3', () => {
  const file = files.find((each) => versionOf(each) === 3)!
  const after = checkRecord(JSON.parse(readFileSync(file, 'utf8'))) as RunRecord
  expect(after.scenarios.map(({ scenario }) => scenario.measure)).toEqual(['rounds'])
})

test.each([null, 7, 'text', [], {}, { formatVersion: 0 }, { formatVersion: 1.5 }, { formatVersion: 99 }])(
  '%j is no record of a known version, and stays as it is',
  (value) => {
    expect(upgrade(value)).toBe(value)
  },
)

test('what is damaged stays for the schema to name', () => {
  expect(checkRecord({ ...sampleRecord(), formatVersion: 1, scenarios: 'gone' })).toContain('scenarios')
  expect(checkRecord({ ...sampleRecord(), formatVersion: 1, scenarios: ['gone'] })).toContain('scenarios.0')
})
