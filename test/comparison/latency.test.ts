import { expect, test } from 'vitest'
import { cpu } from '../../src/comparison/findings/costs/cpu/index.ts'
import { latency } from '../../src/comparison/findings/costs/latency/index.ts'
import type { Drawn } from '../../src/comparison/findings/module.ts'
import type { RunRecord, ScenarioRecord } from '../../src/measurement/run-record.ts'
import { loadRecord } from '../../src/measurement/store/store.ts'
import { roundOf, scenarioOf, scenarioRecordOf, steadyPhase, subjectOf } from './record-parts.ts'

const medians = { direct: 0.4, nginx: 0.8, 'node-proxy': 1.6, 'direct-2': 0.41 } as const

function measured(rounds: number, flagged: readonly string[] = []): ScenarioRecord {
  return scenarioRecordOf(
    scenarioOf(),
    (['direct', 'nginx', 'node-proxy', 'direct-2'] as const).map((label) => subjectOf(label)),
    Array.from({ length: rounds }, (_, index) => index).flatMap((index) =>
      Object.entries(medians).map(([label, ms]) =>
        roundOf(label, index, [{ ms }], {
          flags: index === 1 && flagged.includes(label) ? ['driver late'] : [],
          ...(label.startsWith('direct') ? {} : { cpuUs: 100 * ms + index }),
        }),
      ),
    ),
  )
}

function column(finding: Drawn, title: string): Readonly<Record<string, string>> {
  const table = finding.blocks.find((block) => block.kind === 'table')!
  const at = table.columns.findIndex((each) => each.title === title)
  return Object.fromEntries(table.rows.map((row) => [row[0]!.text, row[at]?.text ?? '(no such column)']))
}

/** A run of EdgeLab before records said what every known system declares: they stay readable. */
const sample = async (id: string): Promise<ScenarioRecord> => {
  const record: RunRecord = await loadRecord('test/measurement/records/2026-11-27-five-systems.json')
  return record.scenarios.find(({ scenario }) => scenario.id === id)!
}

/** Five systems and direct twice, in six rounds, whatever the machine that made it. */
async function sixRounds(): Promise<ScenarioRecord> {
  const overhead = await sample('overhead')
  const rounds = overhead.rounds.filter(({ index }) => index < 6)
  return { ...overhead, rounds: rounds.map((round) => ({ ...round, flags: [] })) }
}

test('neither direct nor its duplicate is a comparison: the family of four begins at 4 × 0.031', async () => {
  const p = column(latency.draw(await sixRounds()), 'p (Holm)')
  expect(p['node-proxy']).toBe('0.125')
  expect([p['direct'], p['direct-2']]).toEqual(['–', '–'])
})

test('with six rounds four systems are too many for a claim, whatever their intervals say', async () => {
  const { verdict } = latency.draw(await sixRounds())
  expect(verdict[0]).toBe(
    'Six rounds are too few to claim a difference: comparing four systems with direct takes at least eight.',
  )
  expect(verdict.filter((sentence) => /is (slower|faster)/.test(sentence))).toEqual([])
})

test('with enough rounds the claim agrees with the p beside it', () => {
  const finding = latency.draw(measured(8))
  expect(finding.verdict.map((sentence) => sentence.replace(/:.*/, ''))).toEqual([
    'nginx is slower',
    'node-proxy is slower',
  ])
  expect(Number(column(finding, 'p (Holm)')['nginx'])).toBeLessThan(0.05)
})

test('the smallest and the largest of few rounds are not called an interval', () => {
  const finding = latency.draw(measured(2))
  expect(JSON.stringify(finding)).not.toMatch(/interval|\(range\)/)
  expect(column(finding, 'least – most')['nginx']).toMatch(/^\d\.\d\d – \d\.\d\d$/)
})

test('what the noise is made of is named', () => {
  const notes = latency.draw(measured(8)).blocks.flatMap((block) => (block.kind === 'note' ? [block.text] : []))
  expect(notes[0]).toMatch(/^Noise: rounds of two equal systems \(direct and direct-2\) differed by up to \d+ %\./)
})

test('a flagged round withholds the ratios that rest on it, and no others', () => {
  const finding = latency.draw(measured(8, ['node-proxy']))
  expect(column(finding, '× direct')['node-proxy']).toBe('withheld')
  expect(column(finding, '95 % interval')['node-proxy']).toBe('–')
  expect(column(finding, '× direct')['nginx']).toMatch(/^×/)
  expect(finding.verdict).toContain('The ratio of node-proxy to direct is withheld: see the caution.')
  const all = column(latency.draw(measured(8, ['direct'])), '× direct')
  expect([all['nginx'], all['node-proxy']]).toEqual(['withheld', 'withheld'])
})

test('what this machine ran out of is no system’s error, and is said; what a system answered wrongly is named', () => {
  const record = measured(8)
  const failures = { local: 40, refused: 2, surplus: 1, protocol: 3 }
  const faults = { 'a folded line': 2, 'a header without a colon': 1 }
  const rounds = record.rounds.map((round) =>
    round.label === 'nginx' && round.index === 0 ? { ...round, failures, faults } : round,
  )
  const finding = latency.draw({ ...record, rounds })
  expect(finding.metrics['nginx']?.['errors']).toBe(6)
  const notes = finding.blocks.flatMap((block) => (block.kind === 'note' ? [block.text] : []))
  expect(notes).toContain(
    'What nginx answered was not always HTTP/1.1: a folded line (2) and a header without a colon (1).',
  )
  expect(notes.find((text) => text.startsWith('For 40 requests this machine had no file descriptor'))).toBeDefined()
})

test('CPU: two rounds claim nothing, and no figure stands first; eight do', () => {
  expect(cpu.draw(measured(2)).verdict[0]).toBe(
    'Too few rounds to compare what a request costs: two, where it takes at least six.',
  )
  expect(cpu.draw(measured(8)).verdict[0]).toMatch(
    /^A request costs 8\d µs of CPU in nginx and 16\d µs in node-proxy \(×2\.0, 95 % 1\.9–2\.0\)\.$/,
  )
})

test('CPU: a ratio that would rest on a flagged round is withheld', () => {
  const { verdict } = cpu.draw(measured(8, ['nginx']))
  expect(verdict[0]).toBe('The comparison is withheld: it would rest on doubtful rounds.')
  expect(verdict.join(' ')).not.toContain('×')
})

test('CPU: what was not answered as expected is not compared, and has no figure to judge by', () => {
  const whole = measured(8)
  const refused = whole.rounds.map((round) =>
    round.label === 'nginx' ? roundOf('nginx', round.index, [{ ms: 0.1, status: 404 }], { cpuUs: 5 }) : round,
  )
  const mix = steadyPhase.mix.map((entry) => ({ ...entry, expect: [200] }))
  const scenario = scenarioOf({ traffic: [{ ...steadyPhase, mix }] })
  const finding = cpu.draw({ ...whole, scenario, rounds: refused })
  expect(finding.verdict.join(' ')).not.toContain('nginx')
  expect(Object.keys(finding.metrics)).toEqual(['node-proxy'])
})

test('in short there is one ratio with its interval in words, and nothing of how it was found', () => {
  const { brief } = latency.draw(measured(8))
  const said = JSON.stringify(brief)
  expect(said).not.toMatch(/Holm|bootstrap|p9\d|95 %|direct-2/)
  expect(brief?.verdict[0]).toMatch(
    /^nginx took 0\.81 ms for the median answer, direct 0\.40 ms: 2\.04 times as long, most likely between \d\.\d\d and \d\.\d\d times\.$/,
  )
  const [table] = brief?.blocks ?? []
  expect(table?.kind === 'table' && table.rows.map((row) => row.slice(0, 3).map(({ text }) => text))).toEqual([
    ['direct', '0.40 ms', '1'],
    ['nginx', '0.81 ms', '2.04'],
    ['node-proxy', '1.59 ms', '4.00'],
  ])
})

test('in short, too, nothing is claimed of few rounds or of doubtful ones', () => {
  const few = latency.draw(measured(2)).brief
  expect(few?.verdict[0]).toContain('in this run')
  expect(few?.verdict[0]).toContain('So few rounds do not show whether it would be so again.')
  const doubtful = latency.draw(measured(8, ['nginx'])).brief
  expect(doubtful?.verdict[0]).toContain('How much longer nginx took than direct is not said')
  expect(JSON.stringify(doubtful?.blocks)).toContain('withheld: rounds are in doubt')
})
