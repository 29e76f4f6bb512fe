import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { labInput } from '../../src/labs/file/input/input.ts'
import { progressFormatVersion } from '../../src/labs/progress/progress.ts'
import { progressSchema } from '../../src/labs/progress/progress-schema.ts'
import type { RunRecord } from '../../src/measurement/run-record.ts'
import { recordSchema } from '../../src/measurement/schema/record.ts'
import { upgrade } from '../../src/measurement/upgrade/upgrade.ts'
import { inspect } from '../../src/mistakes/inspect.ts'
import { scenarioInput } from '../../src/scenario/input.ts'

function messages(schema: z.ZodType, value: unknown): readonly string[] {
  return (inspect(schema, value).mistakes ?? []).map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
}

describe('what is wrong is said in words', () => {
  const schema = z.strictObject({
    name: z.string().min(1).max(3),
    rounds: z.int().min(1),
    share: z.number().positive().optional(),
    list: z.array(z.boolean()).min(2).optional(),
    way: z.enum(['round-robin', 'weighted']).optional(),
    either: z.union([z.string(), z.number()]).optional(),
    own: z.string({ error: 'write it as we like it' }).optional(),
    by: z.record(z.string().regex(/^a/, 'begins with an a'), z.number()).optional(),
    tagged: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('x') })]).optional(),
  })
  const right = { name: 'a', rounds: 1 }

  test.each<[unknown, string]>([
    [null, ': should be keys with values, not empty'],
    [{ rounds: 1 }, 'name: “name” is missing'],
    [{ ...right, name: '' }, 'name: should not be empty'],
    [{ ...right, name: 'long' }, 'name: should have at most 3 characters'],
    [{ ...right, name: [] }, 'name: should be a text, not a list'],
    [{ ...right, rounds: 'two' }, 'rounds: should be a number, not “two”'],
    [{ ...right, rounds: 1.5 }, 'rounds: should be a whole number, not 1.5'],
    [{ ...right, rounds: 0 }, 'rounds: should be at least 1'],
    [{ ...right, share: 0 }, 'share: should be more than 0'],
    [{ ...right, share: Number.NaN }, 'share: should be a number, not NaN'],
    [{ ...right, list: [true] }, 'list: should have at least 2 items'],
    [{ ...right, list: [true, 1] }, 'list.1: should be true or false, not 1'],
    [{ ...right, way: 'weigthed' }, 'way: should be round-robin or weighted, not “weigthed”; did you mean “weighted”?'],
    [{ ...right, either: true }, 'either: should be a text or a number, not true'],
    [{ ...right, own: 3 }, 'own: write it as we like it'],
    [{ ...right, by: { b: 1 } }, 'by.b: begins with an a'],
    [{ ...right, by: { a: null } }, 'by.a: should be a number, not empty'],
    [{ ...right, tagged: { kind: 'y' } }, 'tagged.kind: should be x'],
    [{ ...right, tagged: {} }, 'tagged.kind: “kind” is missing'],
    [{ ...right, nmae: 1 }, 'nmae: “nmae” is not a key here; did you mean “name”?'],
  ])('%j', (value, message) => {
    expect(messages(schema, value)).toEqual([message])
  })
})

/** Of zod's own messages (zod/v4/locales/en.js), whatever they are about. */
const raw = /Invalid \w+|Unrecognized key|Too (big|small):|: expected |, received|\bundefined\b|\[object/

/** A document with the value at one of its places replaced, or a key renamed. */
function damaged(document: unknown): fc.Arbitrary<unknown> {
  const places = pathsIn(document)
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 1e300, '', {}, [], null),
  )
  return fc.tuple(fc.nat(places.length - 1), odd, fc.boolean()).map(([at, value, rename]) => {
    const copy = structuredClone(document)
    const path = places[at]!
    if (path.length === 0) return value
    const parent = path.slice(0, -1).reduce<never>((each, key) => each[key], copy as never) as Record<
      PropertyKey,
      unknown
    >
    const key = path.at(-1)!
    if (rename && !Array.isArray(parent)) {
      parent[`${String(key)}x`] = parent[key]
      delete parent[key]
    } else parent[key] = value
    return copy
  })
}

function pathsIn(value: unknown, path: readonly PropertyKey[] = []): readonly (readonly PropertyKey[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, each]) => pathsIn(each, [...path, key]))]
}

function emptied(document: unknown, path: readonly PropertyKey[]): unknown {
  if (path.length === 0) return null
  const copy = structuredClone(document)
  const parent = path.slice(0, -1).reduce<never>((each, key) => each[key], copy as never)
  ;(parent as Record<PropertyKey, unknown>)[path.at(-1)!] = null
  return copy
}

const yaml = (file: string): unknown => parse(readFileSync(file, 'utf8'))
const { scenarios, ...head } = upgrade(JSON.parse(readFileSync('reports/sample/run.json', 'utf8'))) as RunRecord
const record = {
  ...head,
  scenarios: scenarios.slice(0, 1).map((each) => ({
    ...each,
    rounds: each.rounds.slice(0, 1),
    ...(each.slices && { slices: { ...each.slices, slices: each.slices.slices.slice(0, 2) } }),
  })),
}
const progress = {
  formatVersion: progressFormatVersion,
  lab: 'x',
  startedAt: '2026-11-24T09:00:00.000Z',
  at: 'a',
  seed: 1,
  steps: {
    a: {
      done: true,
      skipped: false,
      answers: { q: '1' },
      committed: true,
      confidence: 2,
      observation: null,
      verdicts: [],
      hints: [0],
      tries: 1,
    },
  },
}

describe('whatever is in a file, no message is zod’s own', () => {
  test.each<[string, z.ZodType, unknown]>([
    ['a scenario', scenarioInput, yaml('scenarios/transform.yaml')],
    ['a lab', labInput, yaml('test/labs/fixture-lab/07-fixture/lab.yaml')],
    ['a run record', recordSchema, record],
    ['progress', progressSchema, progress],
  ])('%s', (_, schema, document) => {
    expect(messages(schema, document)).toEqual([])
    // What is left after a colon with nothing behind it, at every place there is.
    for (const path of pathsIn(document))
      for (const message of messages(schema, emptied(document, path))) expect(message).not.toMatch(raw)
    fc.assert(
      fc.property(
        fc.oneof({ weight: 9, arbitrary: damaged(document) }, { weight: 1, arbitrary: fc.jsonValue() }),
        (value) => {
          for (const { message } of inspect(schema, value).mistakes ?? []) {
            expect(message).not.toMatch(raw)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
