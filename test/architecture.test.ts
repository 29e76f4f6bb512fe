import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

/** Folders import strictly lower ranks only; those of one rank never import each other. */
const ranks: Readonly<Record<string, number>> = {
  errors: 0,
  units: 0,
  http: 0,
  own: 0,
  'package-root': 0,
  loopback: 0,

  'text-file': 0,
  mistakes: 0,
  'yaml-syntax': 0,
  'yaml-file': 1,
  policy: 1,
  scenario: 2,
  systems: 2,
  origin: 3,
  traffic: 3,
  runtime: 3,
  measurement: 4,
  experiment: 5,
  comparison: 5,
  labs: 6,
  views: 7,
  commands: 8,
  cli: 9,
}

/** Packages that only one folder may know. */
const fences: Readonly<Record<string, string>> = {
  testcontainers: 'runtime',
  dockerode: 'runtime',
  autocannon: 'nowhere in src',
  ink: 'views/tui',
  'react-dom/server': 'views/html',
  'chart.js': 'views/html',
  'chartjs-node-canvas': 'views/html',
}

const files = readdirSync('src', { recursive: true })
  .map(String)
  .filter((file) => /\.tsx?$/.test(file))

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join('src', file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!)
}

/** `views/html/render.tsx` → `views`; `units.ts` → `units`. */
function roomOf(file: string): string {
  return file.split('/')[0]!.replace(/\.tsx?$/, '')
}

test('every file has a rank', () => {
  expect(files.map(roomOf).filter((room) => !(room in ranks))).toEqual([])
})

test('folders import strictly downwards', () => {
  const upwards = files.flatMap((file) =>
    importsOf(file)
      .filter((path) => path.startsWith('.'))
      .map((path) => relative('src', resolve('src', dirname(file), path)))
      .filter((target) => roomOf(target) !== roomOf(file) && ranks[roomOf(target)]! >= ranks[roomOf(file)]!)
      .map((target) => `${file} imports ${target}`),
  )
  expect(upwards).toEqual([])
})

test('no system imports another', () => {
  const system = (file: string): string => file.split('/')[1] ?? ''
  const isSystem = (name: string): boolean => !name.endsWith('-core') && name !== 'emit' && !name.endsWith('.ts')
  const across = files
    .filter((file) => file.startsWith('systems/') && isSystem(system(file)))
    .flatMap((file) =>
      importsOf(file)
        .filter((path) => path.startsWith('.'))
        .map((path) => relative('src', resolve('src', dirname(file), path)))
        .filter(
          (target) => target.startsWith('systems/') && isSystem(system(target)) && system(target) !== system(file),
        )
        .map((target) => `${file} imports ${target}`),
    )
  expect(across).toEqual([])
})

test('fenced packages stay in their folder', () => {
  const outside = files.flatMap((file) =>
    importsOf(file)
      .filter((path) => path in fences && !file.startsWith(`${fences[path]}/`))
      .map((path) => `${file} imports ${path}`),
  )
  expect(outside).toEqual([])
})

test('rooms stay small: no file over 300 lines, none called utils or helpers', () => {
  const long = files.filter((file) => readFileSync(join('src', file), 'utf8').split('\n').length > 301)
  const drawers = files.filter((file) => /(^|\/)(utils?|helpers?|misc|common)(\.|\/)/i.test(file))
  expect([...long, ...drawers]).toEqual([])
})
