/** A record of an EdgeLab with other features and systems than this one: it is read, and everything in it is shown. */
import { expect, test } from 'vitest'
import { drawFindings } from '../../src/comparison/findings/index.ts'
import { judge } from '../../src/comparison/judge.ts'
import type { RunRecord } from '../../src/measurement/run-record.ts'
import { checkRecord } from '../../src/measurement/schema/record.ts'
import { renderHtml } from '../../src/views/html/render.tsx'
import type { ReportModel } from '../../src/views/model.ts'
import { renderText } from '../../src/views/text/report.ts'
import { renderSummary } from '../../src/views/text/summary/summary.ts'
import { sampleRecord } from '../comparison/record-factory.ts'

// biome-ignore lint/suspicious/noExplicitAny: what another version writes has no type here
type Json = Record<string, any>

/** As it is read from its file, after a change. */
function readBack(change: (record: Json) => void): RunRecord {
  const json = JSON.parse(JSON.stringify(sampleRecord())) as Json
  change(json)
  const record = checkRecord(json)
  if (typeof record === 'string') throw new Error(record)
  return record
}

function modelOf(record: RunRecord): ReportModel {
  const findings = drawFindings(record)
  return { record, findings, judgements: judge(record, findings) }
}

const line = { feature: 'hello', path: 'hello.0', line: 'say hello on /' }

const foreign = readBack((record) => {
  record['edgelab'] = '9.9.0'
  for (const each of record['scenarios']) {
    each.scenario.policy.hello = [{ path: '/' }]
    for (const subject of each.subjects) {
      subject.support.hello = { level: 'native', how: 'add_header X-Hello', docs: 'https://example.org' }
      subject.native.fidelity.push({ ...line, level: 'exact', how: 'one line' })
      subject.effort.features.hello = { config: 77, script: 0 }
      const probe = { id: 'hello.0.said', feature: 'hello', line: 'hello.0', claim: 'hello is said', state: 'passed' }
      subject.proof.push({ ...probe, expected: 'hello', received: 'hello', evidence: [] })
    }
    const nginx = each.subjects.find(({ label }: Json) => label === 'nginx')
    each.subjects.push({ ...nginx, label: 'apisix', system: 'apisix' })
    const rounds = each.rounds.filter(({ label }: Json) => label === 'nginx')
    each.rounds.push(...rounds.map((round: Json) => ({ ...round, label: 'apisix' })))
  }
})

const sentence =
  'Recorded by EdgeLab 9.9.0, which knew the feature hello and the system apisix; this version does not, and shows them as they were recorded.'

test('every report says first that the record has parts which are not known here', async () => {
  const model = modelOf(foreign)
  const unwrapped = renderText(model, { columns: 200, color: false, unicode: true }).replaceAll(/\s+/g, ' ')
  expect(unwrapped).toContain(sentence)
  expect(renderSummary(model)).toContain(sentence)
  expect(await renderHtml(model)).toContain(sentence)
})

test('the figures, the effort and the proof of a system that is not known are shown', () => {
  const { findings } = modelOf(foreign)
  const rowsOf = (id: string): string =>
    JSON.stringify(findings.filter((finding) => finding.id === id).flatMap(({ blocks }) => blocks))
  for (const id of ['latency', 'cpu', 'effort', 'proof']) expect(rowsOf(id)).toContain('apisix')
})

test('a feature that is not known has its column of effort and its row of proof', () => {
  const tables = modelOf(foreign).findings.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'table'))
  const effort = tables.find(({ title }) => title === 'Lines by scenario and system')!
  expect(effort.columns.map(({ title }) => title)).toContain('hello')
  expect(effort.rows.flat().map(({ text }) => text)).toContain('77 + 0')
  const proof = tables.find(({ title }) => title === 'Probes passed, by feature and system')!
  expect(proof.rows.map(([first]) => first?.text)).toContain('hello')
})

test('a feature that did not exist when it was recorded was not used, and no system claims it', () => {
  const older = readBack((record) => {
    for (const each of record['scenarios']) {
      delete each.scenario.policy.transform
      for (const subject of each.subjects) {
        delete subject.support.transform
        delete subject.effort.features.transform
        subject.proof = subject.proof.filter(({ feature }: Json) => feature !== 'transform')
        subject.native.fidelity = subject.native.fidelity.filter(({ feature }: Json) => feature !== 'transform')
      }
    }
  })
  const { findings } = modelOf(older)
  expect(findings.some(({ id }) => id === 'transform')).toBe(false)
  expect(older.scenarios.map(({ scenario }) => scenario.policy.transform)).toEqual(older.scenarios.map(() => []))
  expect(findings.some(({ id }) => id === 'latency')).toBe(true)
})
