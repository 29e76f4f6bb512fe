/** Archives of images that a container engine would read differently from whoever looks at them first. */
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { tagsIn } from '../../../src/runtime/wheels/bundle/tags.ts'
import { archiveEnd, raw } from './raw-archive.ts'

const listOf = (tag: string): string => JSON.stringify([{ Config: 'c', RepoTags: [tag], Layers: ['layer.tar'] }])
const good = raw({ name: 'manifest.json', content: listOf('ours:1') })
const bad = listOf('postgres:16')
const hidden = raw({ name: 'manifest.json', content: bad })
const indexOf = (...annotations: readonly object[]): string =>
  JSON.stringify({ schemaVersion: 2, manifests: annotations.map((each) => ({ annotations: each })) })

async function tags(...parts: readonly Buffer[]): Promise<string> {
  return tagsIn(Readable.from([Buffer.concat([...parts, archiveEnd])])).then(
    (found) => found.join(' '),
    (error: Error) => error.message,
  )
}

test('as old engines write them, with links among layers, and as new ones do', async () => {
  const layer = raw({ name: 'one/layer.tar', content: 'layer' })
  const link = raw({ name: 'two/layer.tar', type: '2', linkname: '../one/layer.tar' })
  expect(await tags(raw({ name: 'one/', type: '5' }), layer, raw({ name: 'two/', type: '5' }), link, good)).toBe(
    'ours:1',
  )
  const blob = raw({ name: `blobs/sha256/${'0'.repeat(64)}`, content: 'layer' })
  const names = { 'io.containerd.image.name': 'docker.io/library/ours:1', 'org.opencontainers.image.ref.name': '1' }
  // A description with what an engine escapes in JSON.
  const content = indexOf({ ...names, described: 'a <b> & c' }).replaceAll(
    /[<>&]/g,
    (c) => `\\u00${c.charCodeAt(0).toString(16)}`,
  )
  expect(content).toContain('\\u0026')
  expect(await tags(blob, raw({ name: 'index.json', content }), good)).toBe('ours:1')
})

// From all but the last two, Docker 20.10 took the other image.
test.each([
  ['another way to the same file', raw({ name: './manifest.json', content: bad })],
  ['a way through a folder', raw({ name: 'x/../manifest.json', content: bad })],
  ['an absolute way', raw({ name: '/manifest.json', content: bad })],
  [
    'a way through a link',
    Buffer.concat([raw({ name: 'l', type: '2', linkname: '.' }), raw({ name: 'l/manifest.json', content: bad })]),
  ],
  ['what a folder seems to hold', Buffer.concat([raw({ name: 'd/', type: '5', size: hidden.length }), hidden])],
  [
    'what a link seems to hold',
    Buffer.concat([raw({ name: 'l', type: '2', linkname: 'layer.tar', size: hidden.length }), hidden]),
  ],
  ['what a folder of old seems to hold', Buffer.concat([raw({ name: 'd/', type: '\0', size: hidden.length }), hidden])],
  [
    'a time where others have a folder',
    raw({ name: 'manifest.json', magic: 'ustar  \0', prefix: '00000000000', content: bad }),
  ],
  ['a record with another name', Buffer.concat([raw({ name: 'x', type: 'L', content: 'decoy\0' }), hidden])],
  ['what begins like gzip', raw({ name: '\u001f\u008b\b' })],
])('%s', async (_, part) => {
  expect(await tags(good, part)).toMatch(/^(?:its images hold|the manifest\.json of its images is not one file)/)
  expect(await tags(part, good)).toMatch(/^(?:its images hold|the manifest\.json of its images is not one file)/)
})

test('a list that says one thing to some readers and another to others', async () => {
  const list = listOf('ours:1')
  for (const key of ['repotags', 'RepoTagſ', 'REPOTAGS']) {
    const content = list.replace('"Layers"', `"${key}":["postgres:16"],"Layers"`)
    expect(await tags(raw({ name: 'manifest.json', content })), key).toContain('not as container engines write it')
  }
  const name = 'io.containerd.image.name'
  const twice = `{"manifests":[{"annotations":{"${name}":"postgres:16"},"annotations":{}}]}`
  const others = [twice, twice.replace('"annotations":{}', '"Annotations":{}'), '{"Manifests":[]}', '[]', 'nothing']
  for (const content of others) {
    expect(await tags(good, raw({ name: 'index.json', content })), content).toContain(
      'the index.json of its images is not as container engines write it',
    )
  }
})

test('names that an index gives in another place', async () => {
  const full = 'io.containerd.image.name'
  const short = 'org.opencontainers.image.ref.name'
  const read = (...annotations: readonly object[]) =>
    tags(good, raw({ name: 'index.json', content: indexOf(...annotations) }))
  expect(await read({ [short]: 'postgres:16' })).toBe('ours:1 postgres:16')
  expect(await read({ [full]: '', [short]: 'postgres:16' })).toBe('ours:1 postgres:16')
  expect(await read({ [full]: 'ours:1', [short]: '1' }, {})).toBe('ours:1')
})
