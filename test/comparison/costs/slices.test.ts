import { describe, expect, test } from 'vitest'
import type { Block, IntervalsBlock } from '../../../src/comparison/finding.ts'
import { cpu } from '../../../src/comparison/findings/costs/cpu/index.ts'
import { latency } from '../../../src/comparison/findings/costs/latency/index.ts'
import { drawFindings } from '../../../src/comparison/findings/index.ts'
import type { Drawn } from '../../../src/comparison/findings/module.ts'
import { gradeOf } from '../../../src/comparison/grade.ts'
import { offeredBy } from '../../../src/comparison/offered.ts'
import type { ScenarioRecord } from '../../../src/measurement/run-record.ts'
import { declarations } from '../../../src/systems/declarations.ts'
import { recordOf, steadyPhase } from '../record-parts.ts'
import { type Sliced, type SlicedRun, slicedRecord, usual } from '../slice-parts.ts'

const draw = (run: Partial<SlicedRun> = {}): Drawn => latency.draw(slicedRecord({ systems: usual, ...run }))
const drawCpu = (run: Partial<SlicedRun> = {}): Drawn => cpu.draw(slicedRecord({ systems: usual, ...run }))

function intervalsOf({ blocks }: { readonly blocks: readonly Block[] }): readonly IntervalsBlock[] {
  return blocks.filter((block) => block.kind === 'intervals')
}

function column({ blocks }: Drawn, title: RegExp): Readonly<Record<string, string>> {
  const table = blocks.find((block) => block.kind === 'table')!
  const at = table.columns.findIndex((each) => title.test(each.title))
  return Object.fromEntries(table.rows.map((row) => [row[0]!.text, row[at]?.text ?? '(no such column)']))
}

/** Claims nothing, whatever the figures. */
const claims = /slower|faster|costs (more|less)|cost (more|less)|No detectable/

describe('latency from slices', () => {
  test('a difference is claimed with its interval; what the same system differed by, and why it stopped, follow', () => {
    expect(draw().verdict).toEqual([
      expect.stringMatching(
        /^nginx is slower than direct: 0\.3\d ms where direct takes 0\.\d\d ms \(×1\.\d\d, 9\d % interval 1\.\d\d–1\.\d\d\)\.$/,
      ),
      expect.stringMatching(/^nginx-lua is slower than direct: 0\.5\d ms where/),
      expect.stringMatching(/^nginx and nginx-2, the same system twice, differed by \d\.\d % \(0\.\d\d–1\.\d\d\)\.$/),
      'Default effort: every interval is narrower than ±5 % or shows a difference.',
    ])
  })

  test('equal systems: nothing detected, and what would have been seen is a narrow bound', () => {
    const systems = { ...usual, nginx: { ms: 0.22, cpuUs: 50 }, 'nginx-2': { ...usual['nginx-2']!, ms: 0.22 } }
    const [first] = draw({ systems }).verdict
    const [, share] =
      /^No detectable difference between nginx and direct \(×.*\); a difference of (\d+) % would have been seen\.$/.exec(
        first!,
      )!
    expect(Number(share)).toBeLessThan(10)
  })

  test('faster is said as plainly', () => {
    const systems = { ...usual, nginx: { ms: 0.1, cpuUs: 50 }, 'nginx-2': { ...usual['nginx-2']!, ms: 0.1 } }
    expect(draw({ systems }).verdict[0]).toMatch(
      /^nginx is faster than direct: 0\.\d+ ms|^nginx is faster than direct: \d+ µs/,
    )
  })

  test('what it builds on is compared too', () => {
    const { verdict } = latency.draw(slicedRecord({ systems: usual }), undefined, declarations())
    expect(verdict[2]).toMatch(/^nginx-lua is slower than nginx: 0\.5\d ms where nginx takes 0\.3\d ms/)
  })

  test('many systems are summed up in one sentence, and each has its dot', () => {
    const many = Object.fromEntries(
      ['haproxy', 'envoy', 'kong'].map((system, at): [string, Sliced] => [
        system,
        { ms: 0.7 + at / 5, cpuUs: 80, subject: { kind: 'proxy' } },
      ]),
    )
    const finding = draw({ systems: { ...usual, ...many } })
    expect(finding.verdict[0]).toMatch(
      /^Five systems are slower than direct, from nginx \(0\.\d\d ms, ×1\.\d\d\) to kong \(1\.\d+ ms, ×\d\.\d\d\)\.$/,
    )
    expect(finding.verdict.filter((sentence) => /slower/.test(sentence))).toHaveLength(1)
    const names = intervalsOf(finding)[0]?.rows.map(({ name }) => name)
    expect(names).toEqual(['noise', 'nginx', 'nginx-lua', 'haproxy', 'envoy', 'kong'])
  })

  test('dots come first: sorted, the duplicate as noise, the band that no claim lies in', () => {
    const finding = draw()
    const [p50] = intervalsOf(finding)
    expect(finding.blocks[0]).toBe(p50)
    expect(p50).toMatchObject({ reference: 'direct', quantity: 'p50 latency' })
    expect(p50?.rows.map(({ claim }) => claim)).toEqual(['noise', 'higher', 'higher'])
    expect(p50?.rows.every(({ ratio, low, high }) => low < ratio && ratio < high)).toBe(true)
    expect(p50?.floor).toBeGreaterThanOrEqual(0.02)
    expect(p50?.summary).toBe('Slower than direct: nginx and nginx-lua.')
    expect(p50?.caption).toContain('Noise is nginx-2 against nginx, the same system twice.')
  })

  test('tails are shown from as many requests as they take, and claimed of nobody', () => {
    const few = draw()
    expect(column(few, /^p99$/)['nginx']).toBe('–')
    const table = few.blocks.find((block) => block.kind === 'table')
    expect(table?.caption).toMatch(/too few requests were accepted; p99 takes 10\s000\.$/)
    expect(few.metrics['nginx']?.['p99Ms']).toBeNaN()
    expect(intervalsOf(few).map(({ quantity }) => quantity)).toEqual(['p50 latency', 'p90 latency'])
    const many = draw({ perSlice: 80 })
    expect(column(many, /^p99$/)['nginx']).toMatch(/^\d.* ms$/)
    const [, p90, p99] = intervalsOf(many)
    expect([p90?.quantity, p99?.quantity]).toEqual(['p90 latency', 'p99 latency'])
    const of = ({ rows }: IntervalsBlock) => rows.find(({ name }) => name === 'nginx')!
    expect(of(p90!).ratio).toBeCloseTo(0.4 / 0.22, 0)
    expect(of(p99!).high - of(p99!).low).toBeGreaterThan(of(p90!).high - of(p90!).low)
    expect([...p90!.rows, ...p99!.rows].every(({ claim }) => claim === 'noise')).toBe(true)
  })

  test('the time line runs over the slices of the whole run', () => {
    const chart = draw().blocks.findLast((block) => block.kind === 'chart')
    expect(chart?.title).toBe('Median latency in the course of the run')
    const points = chart?.series.find(({ name }) => name === 'direct')?.points ?? []
    expect(points.length).toBeGreaterThan(30)
    expect(points.at(-1)![0]).toBeGreaterThan(50)
  })
})

describe('nothing is claimed', () => {
  const quiet: Partial<SlicedRun> = { starts: 3, more: { effort: 'quick', looks: [3] } }

  test('by a quick look: figures, and no bold sentence', () => {
    const { 'nginx-2': _, ...once } = usual
    const finding = draw({ ...quiet, systems: once })
    expect(finding.verdict[0]).toBe('This is a quick look: it shows figures and claims no difference.')
    expect(finding.verdict[1]).toMatch(/^nginx took 0\.\d+ ms where direct took 0\.\d+ ms \(×/)
    expect(finding.verdict.join(' ').replace(finding.verdict[0]!, '')).not.toMatch(claims)
    const drawn = drawFindings(recordOf([slicedRecord({ ...quiet, systems: once })], { quick: true }))
    expect(drawn.find(({ id }) => id === 'latency')?.tentative).toBe(true)
    expect(
      drawCpu({ ...quiet, systems: once })
        .verdict.join(' ')
        .replace(finding.verdict[0]!, ''),
    ).not.toMatch(claims)
  })

  test('without a duplicate, or of few starts, whatever the intervals', () => {
    const { 'nginx-2': _, ...once } = usual
    expect(draw({ systems: once }).verdict[0]).toMatch(/^No difference is claimed: no system was measured twice/)
    expect(draw({ starts: 2 }).verdict[0]).toBe(
      'No difference is claimed: that takes at least four fresh starts, and there were two.',
    )
    for (const { verdict } of [draw({ systems: once }), draw({ starts: 2 }), drawCpu({ starts: 2 })])
      expect(verdict.slice(1).join(' ')).not.toMatch(claims)
    const one = draw({ starts: 1 })
    expect(intervalsOf(one)).toEqual([])
    expect(one.verdict[1]).toMatch(/\(×1\.\d\d, one start, so without an interval\)\.$/)
  })

  test('of a system that did not answer as expected, and of what is not there', () => {
    const wrong = { ...usual, 'nginx-lua': { ms: 0.1, cpuUs: 5, status: 502 } }
    const mix = steadyPhase.mix.map((entry) => ({ ...entry, expect: [200] }))
    const scenario = { traffic: [{ ...steadyPhase, mix }] }
    const finding = draw({ systems: wrong, scenario })
    expect(finding.verdict).toContainEqual(expect.stringMatching(/^Nothing is said of the times of nginx-lua: /))
    expect(finding.verdict.join(' ')).not.toMatch(/nginx-lua is/)
    expect(column(finding, /× direct/)['nginx-lua']).toBe('withheld')
    expect(intervalsOf(finding)[0]?.rows.map(({ name }) => name)).toEqual(['noise', 'nginx'])
    expect(drawCpu({ systems: wrong, scenario }).verdict.join(' ')).not.toContain('nginx-lua')
    const { direct, nginx } = usual
    expect(draw({ systems: { direct: direct! } }).verdict).toEqual([
      'Only direct was measured: there is nothing to compare it with.',
    ])
    expect(drawCpu({ systems: { direct: direct! } }).verdict).toEqual(['No system’s CPU time could be read here.'])
    const lost = slicedRecord({ systems: { direct: direct!, nginx: nginx! } })
    const without: ScenarioRecord = {
      ...lost,
      slices: { ...lost.slices!, slices: lost.slices!.slices.filter(({ label }) => label === 'direct') },
      rounds: lost.rounds.filter(({ label }) => label === 'direct'),
    }
    expect(latency.draw(without).verdict).toEqual(['Only direct was measured: there is nothing to compare it with.'])
  })

  test('of refusals: who turns requests away is not fast', () => {
    const systems = {
      ...usual,
      nginx: { ms: 0.05, cpuUs: 20, status: 429 },
      'nginx-2': { ...usual['nginx-2']!, status: 429 },
    }
    const mix = steadyPhase.mix.map((entry) => ({ ...entry, expect: [200, 429] }))
    const policy = { rateLimit: [{ path: '/products', ratePerSecond: 20, burst: 10, per: 'address' as const }] }
    const base = slicedRecord({ systems, scenario: { traffic: [{ ...steadyPhase, mix }] } })
    const record = { ...base, scenario: { ...base.scenario, policy: { ...base.scenario.policy, ...policy } } }
    const finding = latency.draw(record)
    expect(finding.verdict.join(' ')).not.toMatch(/nginx is (slower|faster)/)
    // Its duplicate accepted nothing either: nothing tells how far equal systems lie apart.
    expect(finding.verdict.join(' ')).not.toMatch(claims)
    expect(cpu.draw(record).verdict.join(' ')).toMatch(/did not refuse alike/)
  })
})

describe('CPU from slices', () => {
  test('against the first that was launched, which is measured twice', () => {
    const finding = drawCpu()
    expect(finding.verdict).toEqual([
      expect.stringMatching(
        /^nginx-lua costs more CPU than nginx: 6\d µs a request instead of (4[789]|50|51) µs \(×1\.2\d, 9\d % interval 1\.\d\d–1\.\d\d\)\.$/,
      ),
      expect.stringMatching(/^nginx and nginx-2, the same system twice, differed by/),
    ])
    expect(finding.metrics['nginx-lua']?.['cpuUsPerRequest']).toBeCloseTo(62, -1)
    expect(intervalsOf(finding)[0]).toMatchObject({ reference: 'nginx', quantity: 'CPU per request' })
  })

  test('one system alone has a figure, and what it differed from itself', () => {
    const { direct, nginx, 'nginx-2': twin } = usual
    expect(drawCpu({ systems: { direct: direct!, nginx: nginx!, 'nginx-2': twin! } }).verdict).toEqual([
      expect.stringMatching(
        /^In this run a request cost (4[789]|50|51) µs of CPU in nginx: 4\d µs to 5\d µs in the fresh starts\.$/,
      ),
      expect.stringMatching(/^nginx and nginx-2, the same system twice/),
    ])
  })

  test('a duplicate that its reader asked for is a system like any other', () => {
    const systems = { ...usual, 'nginx-3': { ms: 0.4, cpuUs: 50 } }
    expect(drawCpu({ systems }).verdict.join(' ')).toMatch(
      /No detectable difference in CPU per request between nginx-3 and nginx/,
    )
  })

  test('without anybody’s CPU there is none', () => {
    const systems = Object.fromEntries(Object.entries(usual).map(([label, each]) => [label, { ...each, cpuUs: null }]))
    expect(drawCpu({ systems }).verdict).toEqual(['No system’s CPU time could be read here.'])
    expect(intervalsOf(drawCpu({ systems }))).toEqual([])
  })
})

describe('doubt', () => {
  const flagged = (of: string, every: number): Readonly<Record<string, Sliced>> => ({
    ...usual,
    [of]: { ...usual[of]!, flags: (_, block) => (block % every === 0 ? ['driver late'] : []) },
  })
  const latencyOf = (systems: Readonly<Record<string, Sliced>>) =>
    drawFindings(recordOf([slicedRecord({ systems })])).find(({ id }) => id === 'latency')!

  test('a few flagged slices are listed, and nothing is withheld for them', () => {
    const finding = latencyOf(flagged('nginx', 12))
    expect(finding.doubtful).toBeUndefined()
    expect(finding.verdict[0]).toMatch(/^nginx is slower/)
    const notes = finding.blocks.flatMap((block) => (block.kind === 'note' ? [block.text] : []))
    expect(notes).toContainEqual(
      'Flagged slices: 12 of 576 (driver late ×12). Measured once more: 0; still flagged: nginx start 1 block 1, nginx start 1 block 13, nginx start 2 block 1, nginx start 2 block 13, nginx start 3 block 1, nginx start 3 block 13 and 6 more.',
    )
  })

  test('from a tenth of a system’s slices on, nothing is claimed of it, and every first screen says so', () => {
    const record = recordOf([slicedRecord({ systems: flagged('nginx-lua', 6) })])
    const findings = drawFindings(record)
    const finding = findings.find(({ id }) => id === 'latency')!
    const doubt = '17 % of the slices of nginx-lua stayed flagged (driver late).'
    expect(finding).toMatchObject({ tentative: true, doubtful: doubt })
    expect(finding.verdict).toContain(
      'Nothing is claimed of nginx-lua against direct: more slices of one side stayed flagged than of the other, see the caution.',
    )
    expect(finding.verdict.join(' ')).not.toMatch(/nginx-lua is/)
    expect(findings[0]!.doubtful).toBeUndefined()
    expect(gradeOf(record).doubt).toBe(`Caution: do not rely on overhead. ${doubt}`)
  })

  test('direct counts too; what disturbs all alike makes intervals wider, and the run doubtful', () => {
    expect(latencyOf(flagged('direct', 6)).verdict.join(' ')).not.toMatch(/is slower than direct/)
    const all = Object.keys(usual).map((label) => [label, flagged(label, 6)[label]!] as const)
    const finding = latencyOf(Object.fromEntries(all))
    expect(finding).toMatchObject({
      tentative: true,
      doubtful: '17 % of the slices of every system stayed flagged (driver late).',
    })
    expect(finding.verdict[0]).toMatch(/^nginx is slower than direct/)
  })

  test('a system that moves away from the others while it is measured; a machine that slows down moves them all', () => {
    const hot = (at: number): number => 1 + 0.6 * at
    const one = latencyOf({ ...usual, 'nginx-lua': { ...usual['nginx-lua']!, drift: hot } })
    expect(one.doubtful).toMatch(/^nginx-lua became \d+\.\d % slower against direct in the course of the run\.$/)
    const all = Object.fromEntries(Object.entries(usual).map(([label, each]) => [label, { ...each, drift: hot }]))
    const finding = latencyOf(all)
    expect(finding.doubtful).toBeUndefined()
    const notes = finding.blocks.flatMap((block) => (block.kind === 'note' ? [block.text] : []))
    expect(notes.join(' ')).toMatch(/The machine became \d+ % slower in the course of the run\. Ratios hold/)
  })
})

test('the grade counts fresh starts, and what is offered says how they were cut', () => {
  const record = recordOf([slicedRecord({ systems: usual })])
  expect(gradeOf(record).sentence).toBe(
    'Evidence: six fresh starts per scenario; a difference is claimed only where it is significant.',
  )
  expect(offeredBy(record.scenarios[0]!)).toBe(
    'Offered: 200 requests a second (Poisson arrivals, paths drawn evenly), in slices of 100 ms, 24 for each system in each of 6 fresh starts, without warm-up, over at most 32 connections.',
  )
  const quick = recordOf([slicedRecord({ systems: usual, starts: 3, more: { effort: 'quick' } })], { quick: true })
  expect(gradeOf(quick).sentence).toBe(
    'A look, not evidence: a quick run, three fresh starts per scenario. Run it without --quick for figures to rely on.',
  )
})

test('the duplicate has no line of its own where effort and proof are told', () => {
  const findings = drawFindings(recordOf([slicedRecord({ systems: usual })]))
  for (const id of ['effort', 'proof'])
    expect(JSON.stringify(findings.find((each) => each.id === id))).not.toContain('nginx-2')
})
