import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Exchange } from '../../../src/http/answer.ts'
import { recordFormatVersion } from '../../../src/measurement/run-record.ts'
import { checkRecord } from '../../../src/measurement/schema.ts'
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

test('the evidence of version 1 has the one shape of requests and answers in version 2', () => {
  const record = sampleRecord()
  const inProof = (change: (exchange: Exchange) => unknown) =>
    record.scenarios.map((each) => ({
      ...each,
      subjects: each.subjects.map((subject) => ({
        ...subject,
        proof: subject.proof.map((probe) => ({ ...probe, evidence: probe.evidence.map(change) })),
      })),
    }))
  const get = { request: { method: 'GET', path: '/a', headers: [] }, status: 0, headers: [], body: '', durationMs: 9 }
  const old = inProof((exchange) => ({
    ...exchange,
    request: { ...exchange.request, headers: Object.fromEntries(exchange.request.headers) },
    headers: Object.fromEntries(exchange.headers),
  }))
  expect(old).not.toEqual(record.scenarios)
  expect(checkRecord({ ...record, formatVersion: 1, scenarios: old })).toEqual(record)
  const bare = inProof(() => ({ ...get, request: { path: '/a' }, headers: {} }))
  expect(checkRecord({ ...record, formatVersion: 1, scenarios: bare })).toEqual({
    ...record,
    scenarios: inProof(() => get),
  })
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
