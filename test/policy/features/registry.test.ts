/** What holds for every feature, whichever there are. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { featureOf, policyFeatures } from '../../../src/policy/features/index.ts'

const kebab = (id: string): string => id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const folders = readdirSync('src/policy/features', { withFileTypes: true }).filter((entry) => entry.isDirectory())

test('every folder is a feature of the registry, and every feature has its folder', () => {
  expect(folders.map(({ name }) => name).sort()).toEqual(policyFeatures.map(kebab).sort())
})

test('a folder knows the registry of no kind', () => {
  const files = folders.flatMap(({ name }) =>
    readdirSync(`src/policy/features/${name}`).map((file) => `${name}/${file}`),
  )
  const ground = [
    'fields.ts',
    'headers.ts',
    'paths/path-form.ts',
    'paths/prefix.ts',
    'probes/probe.ts',
    'probes/probing.ts',
  ]
  const imports = files.flatMap((file) =>
    [...readFileSync(`src/policy/features/${file}`, 'utf8').matchAll(/from '([^']+)'/g)].map((match) => ({
      file,
      path: match[1]!,
    })),
  )
  const registry = imports.filter(
    ({ path }) =>
      path === '../index.ts' ||
      path === '../titles.ts' ||
      (/^\.\.\/\.\.\/(?!\.\.)/.test(path) && !ground.includes(path.slice('../../'.length))),
  )
  expect(imports.length).toBeGreaterThan(files.length)
  expect(registry).toEqual([])
})

test('titles and nouns tell features apart', () => {
  for (const word of ['title', 'noun'] as const)
    expect(new Set(policyFeatures.map((feature) => featureOf[feature][word])).size).toBe(policyFeatures.length)
})

/**
 * Findings and lessons about a feature name it; so do systems, what lifts records of a version that had only these, and
 * examples of what a reader may write.
 */
const about = [
  /^policy\/features\//,
  /^systems\//,
  /^comparison\//,
  /^measurement\/upgrade\//,
  /^scenario\/requests\/own-bucket\.ts$/,
  /^scenario\/scenario\.ts$/,
  /^import\/scenario\/write\.ts$/,
  /^commands\/run\/report\/decide\.ts$/,
]

test('nobody else names features: what holds for all of them derives from the registry', () => {
  const unmistakable = policyFeatures.filter((feature) => kebab(feature) !== feature)
  const naming = readdirSync('src', { recursive: true })
    .map(String)
    .filter((file) => /\.tsx?$/.test(file) && !about.some((allowed) => allowed.test(file)))
    .filter((file) =>
      unmistakable.some((feature) => new RegExp(`\\b${feature}\\b`).test(readFileSync(`src/${file}`, 'utf8'))),
    )
  expect(unmistakable.length).toBeGreaterThan(0)
  expect(naming).toEqual([])
  expect(existsSync('src/policy/features/index.ts')).toBe(true)
})
