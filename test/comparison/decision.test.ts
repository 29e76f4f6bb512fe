import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decide } from '../../src/comparison/findings/choice/decision/decide.ts'
import { decisionDocument } from '../../src/comparison/findings/choice/decision/document.ts'
import {
  type Priorities,
  prioritiesJsonSchema,
  readPriorities,
} from '../../src/comparison/findings/choice/decision/priorities.ts'
import type { EdgeLabError } from '../../src/errors.ts'
import type { RunRecord } from '../../src/measurement/run-record.ts'
import { usualTerms } from '../../src/prices/terms.ts'
import { declarations } from '../../src/systems/declarations.ts'
import { renderDecision } from '../../src/views/html/decision.tsx'
import { decisionText } from '../../src/views/text/summary/decision.ts'
import { decisionMarkdown } from '../../src/views/text/summary/decision-markdown.ts'
import { sampleRecord } from './record-factory.ts'
import { slicedRecord, usual } from './slice-parts.ts'

const wanted: Priorities = {
  title: 'The shop’s edge',
  must: ['routes', 'cache', 'apiKey'],
  nice: ['transform'],
  requestsPerMonth: 200e6,
  operatedBy: 'either',
  ownCode: 'scripts',
}

/** With the service among what is known, as in every record of today. */
const record: RunRecord = {
  ...sampleRecord(),
  declared: declarations().filter(({ system }) =>
    ['direct', 'nginx', 'nginx-lua', 'haproxy', 'aws-api-gateway', 'node-proxy', 'node-gateway'].includes(system),
  ),
}
const decided = (more: Partial<Priorities> = {}, run = record) => decide(run, { ...wanted, ...more }, usualTerms)
const standings = (more: Partial<Priorities> = {}) =>
  Object.fromEntries(decided(more).options.map(({ system, standing }) => [system, standing]))

describe('a decision', () => {
  test('the cheapest that was shown to do it all; what nobody tried is open, what lacks something is out', () => {
    expect(standings()).toEqual({
      nginx: 'does',
      'nginx-lua': 'does',
      'aws-api-gateway': 'emulated',
      haproxy: 'open',
      'node-proxy': 'out',
      'node-gateway': 'out',
    })
    const { chosen, equals, cheaperEmulated } = decided()
    expect(chosen?.system).toBe('nginx')
    expect(equals.map(({ system }) => system)).toEqual(['nginx-lua'])
    expect(cheaperEmulated).toBeUndefined()
  })

  test('a must of which a probe failed puts a system out, however cheap it is', () => {
    const { options, chosen } = decided({ must: ['routes', 'transform'], nice: [] })
    const lua = options.find(({ system }) => system === 'nginx-lua')!
    expect(lua.against).toEqual(['a probe of its response transforms failed in this run'])
    expect(chosen).toBeUndefined()
  })

  test('what is emulated never wins, and is named where its price list asks for less', () => {
    const { chosen, cheaperEmulated } = decided({ requestsPerMonth: 1e6 })
    expect(chosen?.system).toBe('nginx')
    expect(cheaperEmulated?.system).toBe('aws-api-gateway')
    expect(decided({ operatedBy: 'vendor' }).chosen).toBeUndefined()
    expect(standings({ operatedBy: 'us' })['aws-api-gateway']).toBe('out')
  })

  test('who would keep no code is shown none that takes some', () => {
    const must = ['routes', 'apiKey', 'rateLimit'] as const
    expect(standings({ must, ownCode: 'none' })['nginx-lua']).toBe('out')
    expect(standings({ must, ownCode: 'scripts' })['nginx-lua']).toBe('does')
    expect(standings({ ownCode: 'programs' })['node-gateway']).toBe('open')
  })

  test('a bound on latency of which the run may claim nothing leaves everybody open', () => {
    const { chosen, options } = decided({ addedLatencyMs: 2 })
    expect(chosen).toBeUndefined()
    expect(options.find(({ system }) => system === 'nginx')!.open).toEqual([
      'what it adds to the median answer: this run may claim nothing of it',
    ])
  })

  test('a bound on latency is held against the interval of slices: within, beyond, and open where it spans the bound', () => {
    const sliced = (flags: readonly string[] = []) => ({
      ...record,
      scenarios: [slicedRecord({ systems: { ...usual, direct: { ms: 0.22, flags: () => flags } } })],
    })
    // nginx adds about 0.18 ms, nginx-lua about 0.34 ms.
    const at = (addedLatencyMs: number, run = sliced()) =>
      Object.fromEntries(
        decided({ must: ['routes'], nice: [], addedLatencyMs }, run)
          .options.filter(({ system }) => ['nginx', 'nginx-lua'].includes(system))
          .map(({ system, standing }) => [system, standing]),
      )
    expect(at(1)).toEqual({ nginx: 'does', 'nginx-lua': 'does' })
    expect(at(0.25)).toEqual({ nginx: 'does', 'nginx-lua': 'out' })
    expect(at(0.01)).toEqual({ nginx: 'out', 'nginx-lua': 'out' })
    expect(at(0.18).nginx).toBe('open')
    // Of a scenario that is not to be relied on nothing is claimed.
    expect(at(0.01, sliced(['driver late']))).toEqual({ nginx: 'open', 'nginx-lua': 'open' })
  })

  test('without a measured round there is no price, and no decision', () => {
    const empty = { ...record, scenarios: record.scenarios.map((each) => ({ ...each, rounds: [] })) }
    expect(decided({}, empty).chosen).toBeUndefined()
  })
})

describe('the decision record', () => {
  const document = decisionDocument(record, decided(), usualTerms)

  test('Markdown', () => {
    const path = 'test/golden/views/decision.md'
    const markdown = decisionMarkdown(document)
    if (process.env['UPDATE_GOLDEN']) writeFileSync(path, markdown)
    expect(markdown).toBe(readFileSync(path, 'utf8'))
  })

  test('text and HTML say the same', async () => {
    const [answer] = document.sections[0]!.sentences
    const text = decisionText(document, { columns: 400, color: false, unicode: true })
    const html = await renderDecision(document)
    expect(text).toContain(answer)
    expect(html).toContain(answer!.replaceAll('’', '’'))
    for (const { title } of document.sections.slice(1)) {
      expect(text).toContain(title)
      expect(html).toContain(`<h2>${title}</h2>`)
    }
    expect(html).not.toContain('<script>window.__pwned')
  })
})

describe('a file of priorities', () => {
  test('is read with what is usual where nothing is said', () => {
    const text = 'formatVersion: 1\nmust: [routes, cache]\nrequestsPerMonth: 50M\naddedLatency: 2ms\n'
    expect(readPriorities(text, 'ours.yaml')).toEqual({
      title: 'The edge',
      must: ['routes', 'cache'],
      nice: [],
      requestsPerMonth: 50e6,
      operatedBy: 'either',
      ownCode: 'scripts',
      addedLatencyMs: 2,
    })
  })

  test('every mistake is told at once, with its place', () => {
    const mistakes = (text: string): readonly string[] => {
      try {
        readPriorities(text, 'ours.yaml')
        return []
      } catch (error) {
        return (error as EdgeLabError).problems.map(({ line, message }) => `${line}: ${message}`)
      }
    }
    expect(
      mistakes('formatVersion: 1\nmust: [routes, cash]\nrequestsPerMonth: many\noperatedBy: them\n').map((each) =>
        each.slice(0, 24),
      ),
    ).toMatchInlineSnapshot(`
      [
        "2: should be routes, bal",
        "3: “many” is not a numbe",
        "4: should be us, vendor ",
      ]
    `)
    expect(mistakes('formatVersion: 1\nmust: [cache]\nnice: [cache]\nrequestsPerMonth: 5\n')).toEqual([
      '3: cache is a must already',
    ])
  })

  test('the JSON Schema beside the example is current (UPDATE_GOLDEN=1 writes it), and the example is valid', () => {
    const path = 'priorities/priorities.schema.json'
    if (process.env['UPDATE_GOLDEN']) writeFileSync(path, prioritiesJsonSchema())
    expect(readFileSync(path, 'utf8')).toBe(prioritiesJsonSchema())
    expect(readPriorities(readFileSync('priorities/shop.yaml', 'utf8'), 'shop.yaml').must).toContain('cache')
  })
})
