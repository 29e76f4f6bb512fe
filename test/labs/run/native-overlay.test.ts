import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { EdgeLabError } from '../../../src/errors.ts'
import { overlayProblems, readOverlay } from '../../../src/labs/run/native-overlay.ts'
import { loadScenario } from '../../../src/scenario/load.ts'
import { withOwnFiles } from '../../../src/systems/own-configuration/own-files.ts'
import { type Workspace, workspaceOf } from '../task-environment-here.ts'

const scenario = loadScenario(
  `formatVersion: 1
id: shop
title: A shop
question: Who?
policy:
  routes: [{ path: /, origin: shop }]
  apiKey: [{ path: /, consumers: [{ name: alice, key: alices-key }] }]
origins: { shop: { instances: 2, routes: [{ path: /x, body: product }] } }
clients: { web: {} }
traffic: [{ phase: a, for: 1s, rate: 1/s, mix: [{ get: /x, client: web }] }]
rounds: { quick: 1, full: 1 }
`,
  'shop.yaml',
  { systems: [], findings: [], makeKey: (name) => name },
)
const site = {
  listen: { host: '::1', port: 81 },
  origins: {
    shop: [
      { host: 'a', port: 1 },
      { host: 'b', port: 2 },
    ],
  },
  configDir: '/c',
  scratchDir: '/s',
}

const made: Workspace[] = []
afterEach(() => {
  for (const workspace of made.splice(0)) workspace.remove()
})
function workspace(files: Readonly<Record<string, string>>): Workspace {
  const fresh = workspaceOf(files)
  made.push(fresh)
  return fresh
}

async function refusal(reading: Promise<unknown>): Promise<readonly string[]> {
  const error = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof EdgeLabError)) throw new Error('it was read')
  return error.problems.map(({ file, message }) => `${file}: ${message}`)
}

test('files take the place of compiled ones, with what the site gives filled in', async () => {
  const { path } = workspace({
    'native/nginx/nginx.conf': 'listen {{listen}}; # {{ instance shop 2 }} {{configDir}} {{scratchDir}} {{key alice}}',
    'native/nginx/lua/a.lua': 'return {{1, 2}, {3}}',
    'native/nginx/.nginx.conf.swp': '{{nothing}}',
    'native/nginx/nginx.conf~': '{{nothing}}',
  })
  const overlay = await readOverlay(path, 'native/nginx')
  expect(overlayProblems(overlay, scenario)).toEqual([])
  const compiled = [
    { path: 'nginx.conf', language: 'nginx', text: 'compiled' },
    { path: 'mime.conf', language: 'nginx', text: 'kept' },
  ] as const
  expect(withOwnFiles(overlay.files)({ files: compiled, fidelity: [] }, site, scenario.policy).files).toEqual([
    { path: 'lua/a.lua', language: 'lua', text: 'return {{1, 2}, {3}}' },
    { path: 'nginx.conf', language: 'nginx', text: 'listen [::1]:81; # b:2 /c /s alices-key' },
    { path: 'mime.conf', language: 'nginx', text: 'kept' },
  ])
})

test('placeholders that mean nothing are located', async () => {
  const { path } = workspace({ 'n/a.conf': 'one\n  {{instance shop 3}} {{key bob}}\n{{proxy}}' })
  const problems = overlayProblems(await readOverlay(path, 'n'), scenario)
  expect(problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)).toEqual([
    'n/a.conf:2:3 {{instance shop 3}}: there is no such instance of an origin',
    'n/a.conf:2:23 {{key bob}}: the policy has no consumer “bob”',
    'n/a.conf:3:1 {{proxy}} means nothing in a native file',
  ])
})

test('a file that goes while the folder is read, as editors try whether they may write there, was never there', async () => {
  const { path } = workspace({ 'native/a.conf': 'a' })
  let isRead = false
  async function comeAndGo(): Promise<void> {
    while (!isRead) {
      await writeFile(join(path, 'native/4913'), '')
      await rm(join(path, 'native/4913'))
    }
  }
  const editor = comeAndGo()
  try {
    for (let time = 0; time < 300; time += 1) {
      expect((await readOverlay(path, 'native')).files).toContainEqual({ path: 'a.conf', text: 'a' })
    }
  } finally {
    isRead = true
    await editor
  }
})

describe('nothing but the role’s own folder is read', () => {
  test.each(['../secret', '/etc', 'native/../../secret', '.', ''])('%j', async (folder) => {
    const { path } = workspace({ 'native/a.conf': 'a' })
    expect((await refusal(readOverlay(path, folder))).join()).toContain('there is no such folder')
  })

  test('a file that is a link, and a folder that is one', async () => {
    const { path } = workspace({ 'native/a.conf': 'a' })
    const outside = workspace({ 'secret.conf': 'secret' })
    symlinkSync(join(outside.path, 'secret.conf'), join(path, 'native/b.conf'))
    symlinkSync(outside.path, join(path, 'linked'))
    mkdirSync(join(path, 'deep'))
    symlinkSync(outside.path, join(path, 'deep/er'))
    expect(await refusal(readOverlay(path, 'native'))).toEqual([
      'native/b.conf: only plain files are used: this one leads elsewhere',
    ])
    expect((await refusal(readOverlay(path, 'linked'))).join()).toContain('it leads out of the lab’s files')
    expect((await refusal(readOverlay(path, 'deep'))).join()).toContain('deep/er: only plain files')
  })

  test('a file that is too large', async () => {
    const { path } = workspace({})
    mkdirSync(join(path, 'native'))
    writeFileSync(join(path, 'native/a.conf'), 'x'.repeat(300 * 1024))
    expect(await refusal(readOverlay(path, 'native'))).toEqual(['native/a.conf: it is larger than 256 KB'])
  })
})
