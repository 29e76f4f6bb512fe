import { describe, expect, test } from 'vitest'
import { createBodies } from '../../src/origin/bodies/bodies.ts'
import { madeFor } from '../../src/origin/bodies/made-for.ts'
import type { BodyKind, OriginRoute } from '../../src/scenario/scenario.ts'

const kinds: readonly BodyKind[] = ['product', 'products', 'order', 'orders', 'account']
const route = (body: BodyKind, sizeBytes?: number): OriginRoute => ({
  path: '/any/{id}',
  body,
  ...(sizeBytes === undefined ? {} : { sizeBytes }),
})
const textOf = (body: BodyKind, path: string, seed = 7, sizeBytes?: number): string =>
  createBodies(seed)(route(body, sizeBytes), path, '').toString()

describe.each(kinds)('the document %s', (kind) => {
  test('depends on seed and path alone', () => {
    expect(textOf(kind, '/any/1')).toBe(textOf(kind, '/any/1'))
    expect(textOf(kind, '/any/1')).not.toBe(textOf(kind, '/any/2'))
    expect(textOf(kind, '/any/1')).not.toBe(textOf(kind, '/any/1', 8))
  })

  test('is indented JSON under 3 KB, or about as large as it is asked to be', () => {
    expect(textOf(kind, '/any/1').split('\n').length).toBeGreaterThan(10)
    expect(Buffer.byteLength(textOf(kind, '/any/1'))).toBeLessThan(3072)
    for (const wanted of [4096, 65_536, 500_000]) {
      const text = textOf(kind, '/any/1', 7, wanted)
      JSON.parse(text)
      expect(Math.abs(Buffer.byteLength(text) - wanted)).toBeLessThan(wanted * 0.02 + 600)
    }
  })

  test('has whole numbers that a double cannot hold, written in full', () => {
    const long = textOf(kind, '/any/1', 7, 8192).match(/(?<=[: \n])\d{17,}(?=[,\n])/g) ?? []
    expect(long.length).toBeGreaterThan(0)
    expect(long.some((digits) => String(Number(digits)) !== digits)).toBe(true)
  })
})

test('documents have what transformations get wrong', () => {
  const text = kinds.map((kind) => textOf(kind, '/any/1', 7, 65_536)).join('\n')
  for (const wanted of ['[]', '{}', 'null', 'true', 'false', '<script>', ' & ', String.raw`\"`, 'ö'])
    expect(text).toContain(wanted)
  expect(text).toMatch(/"2-way fitting"/)
  expect(text).toMatch(/\d+\.\d0[,\n]/)
})

test('the id is the one in the path', () => {
  expect(JSON.parse(textOf('product', '/any/17')).id).toBe(17)
  expect(JSON.parse(textOf('order', '/any/A-17')).id).toBe('A-17')
})

test('an account belongs to whoever asks, and every other document to everybody', () => {
  const bodies = createBodies(7)
  const as = (body: BodyKind, consumer: string): string => bodies(route(body), '/account', consumer).toString()
  expect(JSON.parse(as('account', 'alice')).owner).toBe('alice')
  expect(JSON.parse(as('account', 'bob')).owner).toBe('bob')
  expect(JSON.parse(as('account', '')).owner).toBeNull()
  expect(JSON.parse(as('account', 'alice')).number).not.toBe(JSON.parse(as('account', 'bob')).number)
  expect(createBodies(7)(route('account'), '/account', 'alice').toString()).toBe(as('account', 'alice'))
  expect(as('order', 'bob')).toBe(as('order', 'alice'))
})

test('a document names what it was made for, and has white space only for those who do not ask to be spared it', () => {
  const compact = 'application/vnd.shop.compact+json'
  const chooses: OriginRoute = {
    path: '/any/{id}',
    body: 'product',
    by: ['query', 'accept-language'],
    compactFor: compact,
  }
  const text = (query: string, headers: Readonly<Record<string, string>>): string =>
    createBodies(7)(chooses, '/any/1', '', madeFor(chooses, query, headers)).toString()
  const german = text('currency=usd', { 'accept-language': 'de' })
  expect(JSON.parse(german).madeFor).toEqual({ query: 'currency=usd', 'accept-language': 'de' })
  expect(german).not.toBe(text('currency=usd', { 'accept-language': 'en' }))
  expect(JSON.parse(text('', { 'accept-language': 'de' })).madeFor).toEqual({ 'accept-language': 'de' })
  expect(JSON.parse(text('', {}))).not.toHaveProperty('madeFor')
  const small = text('', { accept: `text/html, ${compact.toUpperCase()};q=0.5` })
  expect(small.trimEnd()).not.toContain('\n')
  expect(JSON.parse(small)).toEqual(JSON.parse(text('', { accept: '*/*' })))
  const usual = route('product')
  expect(createBodies(7)(usual, '/any/1', '', madeFor(usual, 'a=1', {})).toString()).toBe(textOf('product', '/any/1'))
})
