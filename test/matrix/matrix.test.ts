import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { matrixText } from '../../src/commands/matrix/text.ts'
import { probesOf } from '../../src/experiment/proof/probes-of.ts'
import { declaredRow } from '../../src/matrix/declared.ts'
import { matrixJson } from '../../src/matrix/json.ts'
import { lanesOf } from '../../src/matrix/lanes.ts'
import { eachFeature } from '../../src/matrix/policy.ts'
import { type Outcome, proveCells } from '../../src/matrix/proved.ts'
import { type MatrixRow, stateOf } from '../../src/matrix/row.ts'
import { type PolicyFeature, policyFeatures, policyOf } from '../../src/policy/features/index.ts'
import { openProcesses } from '../../src/runtime/processes/processes.ts'
import { systems } from '../../src/systems/index.ts'
import type { System } from '../../src/systems/system.ts'

const scenario = eachFeature((consumer) => `key-of-${consumer}`)
const { policy } = scenario
const probes = probesOf(scenario)

test('the policy uses every feature, and no two of them share an origin whose probes would disturb the other', () => {
  expect(policyFeatures.filter((feature) => policy[feature].length === 0)).toEqual([])
  const lanes = lanesOf(policy, probes)
  expect(
    lanes
      .flatMap((lane) => lane.probes)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(probes.map(({ id }) => id).toSorted())
  expect(lanes.map(({ origin }) => origin)).toEqual(Object.keys(scenario.origins))
})

describe('a system whose claims are not all true', () => {
  const able = systems['node-gateway']
  /** Says that it caches and transforms, and does neither. */
  const boastful: System = {
    ...able,
    compile: (given, site) =>
      able.compile(
        policyOf((feature) => (lost.includes(feature) ? [] : given[feature])),
        site,
      ),
  }
  const lost: readonly PolicyFeature[] = ['cache', 'transform']
  /** Its configuration is no JSON. */
  const broken: System = {
    ...systems['node-proxy'],
    compile: (given, site) => {
      const native = systems['node-proxy'].compile(given, site)
      return { ...native, files: native.files.map((file) => ({ ...file, text: '{' })) }
    },
  }
  const seen: string[] = []
  let rows: readonly MatrixRow[]
  const controller = new AbortController()
  let runtime: Awaited<ReturnType<typeof openProcesses>>

  beforeAll(async () => {
    runtime = await openProcesses({ runId: `matrix-test-${process.pid}`, signal: controller.signal })
    const outcomes = await proveCells([boastful, broken], scenario, {
      runtime,
      signal: controller.signal,
      finished: ({ system }) => seen.push(system),
    })
    const rowOf = (system: System, outcome: Outcome | null, absent = ''): MatrixRow => {
      return {
        ...declaredRow(system.id as keyof typeof systems, scenario),
        outcome,
        absent,
        remedy: absent && 'get it',
      }
    }
    rows = [rowOf(boastful, outcomes[0]!), rowOf(broken, outcomes[1]!), rowOf(systems.nginx, null, 'it is not here')]
  }, 60_000)
  afterAll(() => runtime?.close())

  test('each cell is proved, failed, not run here or not claimed, and what fails says how', () => {
    const states = (row: MatrixRow): readonly string[] => policyFeatures.map((feature) => stateOf(row, feature))
    expect(seen.toSorted()).toEqual(['node-gateway', 'node-proxy'])
    expect(policyFeatures.filter((feature) => stateOf(rows[0]!, feature) === 'failed')).toEqual(lost)
    expect(policyFeatures.filter((feature) => stateOf(rows[0]!, feature) === 'proved')).toEqual(
      policyFeatures.filter((feature) => !lost.includes(feature)),
    )
    expect(new Set(states(rows[1]!))).toEqual(new Set(['failed', 'none']))
    expect(rows[1]!.outcome!.logTail).toContain('JSON')
    expect(new Set(states(rows[2]!))).toEqual(new Set(['not run here', 'none']))
    const text = matrixText(rows, { kind: 'processes', reason: 'a test', availability: {} }, plain)
    expect(text).toMatch(/^node-gateway +✓ script +✓ script +✗ plugin +✓ script +✓ plugin +✗ script$/m)
    expect(text).toMatch(/^node-proxy\n +claim: it starts/m)
    expect(text).toMatch(/^nginx +it is not here +get it$/m)
    const json = JSON.parse(matrixJson(rows, { kind: 'processes', reason: 'a test', availability: {} }))
    expect(json.systems[0].features.cache).toMatchObject({ level: 'plugin', state: 'failed' })
    expect(json.systems[2]).toMatchObject({ absent: 'it is not here', version: null, ms: null })
  })
})

const plain = { columns: 80, color: false, unicode: true }

test('a dozen systems stand in one table on 80 columns', () => {
  const names = ['aws-api-gateway', ...Array.from({ length: 11 }, (_, n) => `system-${n}`)]
  const rows = names.map((id): MatrixRow => {
    const row = declaredRow('node-gateway', scenario)
    return { ...row, system: { ...row.system, id }, outcome: null, absent: 'not here', remedy: '' }
  })
  const text = matrixText(rows, { kind: 'processes', reason: 'a test', availability: {} }, plain)
  expect(text.match(/^system .*transforms/gm)).toHaveLength(2)
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(text).toMatch(/^aws-api-gateway +· script/m)
})
