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
  'side-by-side': 0,

  'text-file': 0,
  mistakes: 0,
  'yaml-syntax': 0,
  'yaml-file': 1,
  policy: 1,
  statistics: 1,
  prices: 2,
  scenario: 2,
  systems: 2,
  origin: 3,
  traffic: 3,
  runtime: 3,
  import: 3,
  measurement: 4,
  experiment: 5,
  comparison: 5,
  labs: 6,
  matrix: 6,
  workshop: 7,
  views: 8,
  commands: 9,
  cli: 10,
}

/** Packages that only one folder may know. */
const fences: Readonly<Record<string, string>> = {
  testcontainers: 'runtime',
  dockerode: 'runtime',
  // What it passes over in silence is seen there.
  'tar-stream': 'runtime/wheels/bundle',
  // The referee alone: it is slower than our own driver, and right only as it is mended there.
  autocannon: 'traffic/referee',
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

/** The files of `src` that a file imports, by their paths below it. */
function targetsOf(file: string): readonly string[] {
  return importsOf(file)
    .filter((path) => path.startsWith('.'))
    .map((path) => relative('src', resolve('src', dirname(file), path)))
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
    targetsOf(file)
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
      targetsOf(file)
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

/** `src` and every folder below it. */
const folders = [
  '.',
  ...readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative('src', join(entry.parentPath, entry.name))),
]

/** Folders that show more names than a newcomer takes in at once, and why. */
const crowded: Readonly<Record<string, string>> = {
  '.': 'the top of the tree: one folder for each stage of the line, and the words that all of them share',
  systems: 'one folder for each system: the rows of the matrix',
}

test('a folder shows a dozen names at most', () => {
  const tooMany = folders
    .filter((folder) => !(folder in crowded))
    .map((folder) => ({ folder, names: readdirSync(join('src', folder)).length }))
    .filter(({ names }) => names > 12)
    .map(({ folder, names }) => `${folder} shows ${names} names`)
  expect(tooMany).toEqual([])
})

/** Inside labs: from the file that authors write to the gate that judges it. */
const labRanks = ['file', 'progress', 'checks', 'run', 'session', 'gate']

test('the folders of labs import strictly downwards', () => {
  const rankOf = (file: string): number => labRanks.indexOf(file.split('/')[1]!)
  const inLabs = files.filter((file) => file.startsWith('labs/'))
  expect(inLabs.filter((file) => rankOf(file) < 0)).toEqual([])
  const upwards = inLabs.flatMap((file) =>
    targetsOf(file)
      .filter((target) => target.startsWith('labs/') && rankOf(target) > rankOf(file))
      .map((target) => `${file} imports ${target}`),
  )
  expect(upwards).toEqual([])
})

test('no circles of imports, types included', () => {
  const known = new Set(files)
  const state = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      return
    }
    state.set(file, 'open')
    for (const target of targetsOf(file)) if (known.has(target)) visit(target, [...path, file])
    state.set(file, 'done')
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})
