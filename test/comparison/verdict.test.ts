import { describe, expect, test } from 'vitest'
import { verdict as verdictModule } from '../../src/comparison/findings/choice/verdict/index.ts'
import type { Drawn } from '../../src/comparison/findings/module.ts'
import type { RunRecord, SystemRecord } from '../../src/measurement/run-record.ts'
import { checkRecord } from '../../src/measurement/schema/record.ts'
import type { SlicesRecord } from '../../src/measurement/slices/slice-record.ts'
import { loadRecord } from '../../src/measurement/store/store.ts'
import { perFeature } from '../../src/policy/features/index.ts'
import { type Declaration, declarations } from '../../src/systems/declarations.ts'
import type { FeatureSupport, Support, SystemKind } from '../../src/systems/system.ts'
import { sampleRecord } from './record-factory.ts'
import {
  originOf,
  plainPolicy,
  proofOf,
  recordOf,
  roundOf,
  scenarioOf,
  scenarioRecordOf,
  subjectOf,
} from './record-parts.ts'
import { slicedRecord } from './slice-parts.ts'

/** What does not speak of this run. */
function adviceOf({ verdict }: Drawn): readonly string[] {
  const end = verdict.findIndex((sentence) => /in this run\b/.test(sentence))
  expect(end).toBeGreaterThan(0)
  return verdict.slice(0, end)
}

function cells({ blocks }: Drawn, system: string): Readonly<Record<string, string>> {
  const table = blocks.find((block) => block.kind === 'table')!
  const row = table.rows.find(([first]) => first?.text === system)!
  return Object.fromEntries(table.columns.map(({ title }, at) => [title, row[at]!.text]))
}

function without(record: RunRecord, ...labels: readonly string[]): RunRecord {
  return {
    ...record,
    scenarios: record.scenarios.map((scenario) => ({
      ...scenario,
      subjects: scenario.subjects.filter(({ label }) => !labels.includes(label)),
      rounds: scenario.rounds.filter(({ label }) => !labels.includes(label)),
    })),
  }
}

/** As where a binary is not on PATH: it is in the record, with the reason, and has no proof and no rounds. */
function unavailable(record: RunRecord, ...labels: readonly string[]): RunRecord {
  const here = without(record, ...labels)
  const absent = (subject: SystemRecord): SystemRecord =>
    labels.includes(subject.label) ? { ...subject, state: 'unavailable', reason: 'not on PATH', proof: [] } : subject
  return {
    ...here,
    scenarios: here.scenarios.map((scenario, at) => ({
      ...scenario,
      subjects: record.scenarios[at]!.subjects.map(absent),
    })),
  }
}

test('a configuration of one’s own says nothing of the system: it is named and left out', () => {
  const record = sampleRecord()
  const fidelity = [{ feature: 'routes', path: 'routes.0', line: '', level: 'unknown', how: '' } as const]
  const [first, ...others] = record.scenarios
  const compiled = first!.subjects.find(({ label }) => label === 'nginx')!
  const own: SystemRecord = {
    ...compiled,
    label: 'nginx-own',
    native: { files: [], fidelity },
    proof: compiled.proof.map((probe) => ({ ...probe, state: 'failed' })),
  }
  const rounds = first!.rounds.filter(({ label }) => label === 'nginx').map((each) => ({ ...each, label: own.label }))
  const beside: RunRecord = {
    ...record,
    scenarios: [{ ...first!, subjects: [own, ...first!.subjects], rounds: [...rounds, ...first!.rounds] }, ...others],
  }
  const { verdict, blocks } = verdictModule.draw(record)
  expect(rounds.length).toBeGreaterThan(0)
  expect(verdictModule.draw(beside)).toMatchObject({
    verdict: [...verdict, 'nginx-own runs a configuration of your own: nothing here rests on it.'],
    blocks,
  })
})

describe('the advice does not depend on what happened to run', () => {
  test('with nginx and without it, with one system and with none', async () => {
    const record = await loadRecord('test/measurement/records/2026-11-27-five-systems.json')
    const all = verdictModule.draw(record)
    expect(adviceOf(all)[0]).toBe(
      'Largely, yes: five of the six features tried are built into reverse proxies; for response transforms you need a script of your own, whichever of the two you choose.',
    )
    for (const labels of [['nginx', 'nginx-lua'], ['node-proxy'], ['node-gateway', 'nginx-lua'], ids]) {
      expect(adviceOf(verdictModule.draw(without(record, ...labels)))).toEqual(adviceOf(all))
      expect(adviceOf(verdictModule.draw(unavailable(record, ...labels)))).toEqual(adviceOf(all))
    }
  })

  test('what was not run is declared, and said to be', async () => {
    const record = await loadRecord('test/measurement/records/2026-11-27-five-systems.json')
    const finding = verdictModule.draw(unavailable(record, 'nginx'))
    expect(finding.verdict).toContain('Shown in this run: response transforms in nginx-lua.')
    // Other systems that declare the same stand beside it.
    expect(finding.verdict).toContainEqual(expect.stringMatching(/^Declared, not run here: .*\bin nginx\b/))
    expect(cells(finding, 'nginx')).toMatchObject({ caching: 'native, not run here', 'response transforms': '–' })
    const nobody = verdictModule.draw(without(record, ...ids))
    expect(nobody.verdict).toContain('Nothing of this was shown in this run.')
  })

  test('what is built of libraries says nothing of proxies; what was left out by choice is marked', async () => {
    const finding = verdictModule.draw(
      without(await loadRecord('test/measurement/records/2026-11-27-five-systems.json'), 'nginx', 'nginx-lua'),
    )
    expect(adviceOf(finding).join(' ')).not.toContain('node-')
    expect(finding.verdict).toContain(
      'Shown in this run, though with more than the least: routing, balancing and caching in node-proxy and node-gateway; API keys, rate limits and response transforms in node-gateway.',
    )
    expect(cells(finding, 'node-proxy')).toMatchObject({ kind: 'self-built' })
    expect(cells(finding, 'node-proxy')).toMatchObject({ 'API keys': '– by choice', caching: '✓ plugin' })
  })
})

/** Every product of that record. */
const ids = ['nginx', 'nginx-lua', 'node-proxy', 'node-gateway']

test('the record’s own declarations count, not what is known later', () => {
  const declared = declarations().map((each) =>
    each.kind === 'proxy' ? { ...each, support: { ...each.support, rateLimit: none } } : each,
  )
  const { verdict } = verdictModule.draw({ ...sampleRecord(), declared })
  expect(verdict[0]).toBe(
    'Largely, yes: four of the six features tried are built into reverse proxies; for rate limits you need a gateway and for response transforms you need a script of your own, whichever of the two you choose.',
  )
})

const none = { level: 'none', how: 'not in this version', docs: '' } as const

test('what systems declare is read back as it was written', () => {
  const record = { ...sampleRecord(), declared: declarations() }
  expect(checkRecord(JSON.parse(JSON.stringify(record)))).toEqual(record)
})

test('scope: what the scenarios do not use and what no policy can say are named', () => {
  const plain = verdictModule.draw(recordOf([transformScenario()]))
  const scope = plain.verdict.find((sentence) => sentence.startsWith('This holds for'))
  expect(scope).toBe(
    'This holds for the two features tried: routing and response transforms. Not tried: balancing, caching, API keys, rate limits and quotas, which these scenarios do not use; and failover, TLS, request shielding, JWT, analytics and canary releases, which EdgeLab’s policies cannot express yet.',
  )
})

test('a probe that failed is said where the verdict rests on it', () => {
  const finding = verdictModule.draw(sampleRecord())
  expect(cells(finding, 'nginx-lua')['response transforms']).toBe('✗ script, failed')
  expect(finding.verdict.join(' ')).toContain('a probe failed here: response transforms in nginx-lua.')
})

/** A transform in nginx-lua and none in nginx, which passes the document through. */
function transformScenario(more: { readonly flags?: readonly string[]; readonly reached?: number } = {}) {
  const scenario = scenarioOf({
    id: 'transform',
    policy: {
      ...plainPolicy,
      transform: [{ path: '/products', representations: [{ accept: 'application/xml', as: 'xml' }] }],
    },
  })
  const rounds = [0, 1].flatMap((index) => [
    roundOf('nginx', index, [{ ms: 1 }], { cpuUs: 274, ...(more.flags ? { flags: more.flags } : {}) }),
    roundOf('nginx-lua', index, [{ ms: 2 }], {
      cpuUs: index === 0 ? 645 : 665,
      ...(more.reached === undefined ? {} : { origins: [originOf(more.reached)] }),
    }),
  ])
  const subjects = (['nginx', 'nginx-lua'] as const).map((id) =>
    subjectOf(id, {
      proof: proofOf(id, ['routes', 'transform']),
      effort: { configLines: 40, scriptLines: 60, features: { transform: { config: 3, script: 57 } } },
    }),
  )
  return scenarioRecordOf(scenario, subjects, rounds)
}

function leastOf(finding: Drawn, feature: string): readonly string[] {
  const table = finding.blocks.filter((block) => block.kind === 'table')[1]!
  return table.rows.find(([first]) => first?.text === feature)!.map(({ text }) => text)
}

describe('what an extra costs', () => {
  test('is a difference within one scenario, to a system that does the same work without it', () => {
    // In the scenario without a transform the same nginx-lua took 120 µs: that says nothing about the transform.
    const hop = scenarioRecordOf(
      scenarioOf(),
      [subjectOf('nginx'), subjectOf('nginx-lua')],
      [0, 1].flatMap((index) =>
        ['nginx', 'nginx-lua'].map((label) => roundOf(label, index, [{ ms: 1 }], { cpuUs: 120 })),
      ),
    )
    const finding = verdictModule.draw(recordOf([hop, transformScenario()]))
    // Rounds of which none is a duplicate: there are figures, and nothing tells a difference from noise.
    expect(finding.verdict.at(-1)).toBe(
      'In transform a request took 655 µs of CPU in nginx-lua with response transforms, and 274 µs in nginx, which does the same work without; no difference is claimed.',
    )
    expect(leastOf(finding, 'response transforms')).toEqual([
      'response transforms',
      'script in nginx-lua (gateway)',
      'nginx-lua 3 + 57 of code',
      expect.stringMatching(/^\+381 µs CPU, \+[\d.]+ ms p50 \(nginx-lua against nginx\)$/),
    ])
  })

  test('is claimed of slices, with its interval; in a quick look it is a figure', () => {
    const { scenario, subjects } = transformScenario()
    const [nginx, lua] = subjects
    const systems = {
      nginx: { ms: 1, cpuUs: 274, subject: nginx! },
      'nginx-lua': { ms: 2, cpuUs: 655, subject: lua! },
      'nginx-2': { ms: 1, cpuUs: 274, subject: { duplicateOf: 'nginx' } },
    }
    const last = (more: Partial<SlicesRecord> = {}) => {
      const { id, policy } = scenario
      return verdictModule.draw(recordOf([slicedRecord({ systems, scenario: { id, policy }, more })])).verdict.at(-1)
    }
    expect(last()).toMatch(
      /^Response transforms cost nginx-lua 3[678]\d µs of CPU per request \(6\d\d instead of 2[678]\d µs in nginx, which does the same work without; ×2\.[34]\d, 9\d % interval 2\.\d\d–2\.\d\d, in transform\)\.$/,
    )
    expect(last({ effort: 'quick' })).toMatch(/^In transform a request took .*; no difference is claimed\.$/)
  })

  test('is not said where the two did not do the same work, and is withheld on doubtful rounds', () => {
    const refusing = verdictModule.draw(recordOf([transformScenario({ reached: 200 })]))
    expect(refusing.verdict.join(' ')).not.toContain('µs')
    const doubtful = verdictModule.draw(recordOf([transformScenario({ flags: ['driver late'] })]))
    expect(doubtful.verdict.at(-1)).toBe(
      'What response transforms cost nginx-lua in CPU is withheld: rounds of transform are doubtful.',
    )
    expect(leastOf(doubtful, 'response transforms')[3]).toBe('withheld (nginx-lua against nginx)')
  })
})

describe('with many systems', () => {
  const [native, script] = ['native', 'script'].map((level) => ({ level, how: '', docs: '' }) as FeatureSupport)
  /** Has everything built in but what is said of it. */
  const has = (system: string, kind: SystemKind, more: Partial<Support> = {}, buildsOn?: string): Declaration => ({
    system,
    kind,
    ...(buildsOn === undefined ? {} : { buildsOn }),
    support: { ...perFeature(() => native!), transform: none, ...more },
  })
  const declared: readonly Declaration[] = [
    has(
      'direct',
      'baseline',
      perFeature(() => none),
    ),
    has('nginx', 'proxy'),
    has('nginx-lua', 'gateway', { apiKey: script!, transform: script! }, 'nginx'),
    has('nginx-njs', 'gateway', { transform: script! }, 'nginx'),
    has('haproxy', 'proxy'),
    has('envoy', 'proxy', { transform: script! }),
    has('traefik', 'proxy', { cache: none }),
    has('caddy', 'proxy', { cache: none, rateLimit: none }),
    has('kong', 'gateway', { transform: script! }),
    has('cloud', 'managed', { transform: native! }),
    has('node-proxy', 'self-built', { apiKey: none, rateLimit: none }),
    has('node-gateway', 'self-built', { transform: script! }, 'node-proxy'),
  ]
  const advice = (of: readonly Declaration[]) => adviceOf(verdictModule.draw({ ...sampleRecord(), declared: of }))

  test('the advice names a few of them, and says who lacks what', () => {
    expect(advice(declared).slice(0, -1)).toEqual([
      'Largely, yes: five of the six features tried are built into reverse proxies; for response transforms you need a script of your own, whichever of the two you choose.',
      'Of the five reverse proxies, only nginx, haproxy and envoy have all of this; traefik lacks caching; caddy lacks caching and rate limits.',
      'The least you need for response transforms is a script in nginx-lua, nginx-njs, envoy or kong.',
      'cloud, a managed service that is emulated here, has response transforms built in.',
      'If routing, balancing, caching, API keys and rate limits are all you need, a reverse proxy such as nginx is enough; if you also need response transforms, choose a system that runs scripts, such as nginx-lua, and maintain that code yourself.',
    ])
    const more = [...declared, ...['a', 'b'].map((name) => has(name, 'gateway', { transform: script! }))]
    expect(advice(more)).toContain(
      'The least you need for response transforms is a script in nginx-lua, nginx-njs, envoy or three more.',
    )
  })

  test('it follows from what each has built in, not from what it is called', () => {
    const renamed = declared.map((each) => (each.system === 'nginx-lua' ? { ...each, kind: 'proxy' } : each))
    expect(advice(renamed)[0]).toBe(advice(declared)[0])
    const able = [...declared, has('mesh', 'gateway', { transform: native! })]
    expect(advice(able)[0]).toBe(
      'Largely, yes: five of the six features tried are built into reverse proxies; for response transforms you need a gateway.',
    )
    expect(advice(able)).toContain('The least you need for response transforms is a directive in mesh.')
    const own = declared.filter(({ kind }) => kind === 'self-built' || kind === 'managed' || kind === 'proxy')
    const unscripted = own.map((each) => (each.system === 'envoy' ? has('envoy', 'proxy') : each))
    expect(advice(unscripted)[0]).toMatch(/; for response transforms you need a program of your own\.$/)
    expect(advice(unscripted.filter(({ kind }) => kind !== 'self-built'))[0]).toMatch(/you need a managed service\.$/)
    expect(advice(unscripted.filter(({ kind }) => kind === 'proxy'))).toContain(
      'No system known to EdgeLab does response transforms.',
    )
  })
})
