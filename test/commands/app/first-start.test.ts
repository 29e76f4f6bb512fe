import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fetchUsual } from '../../../src/commands/app/first-start.ts'
import { EdgeLabError } from '../../../src/errors.ts'
import type { Wheel } from '../../../src/systems/system.ts'

let home = ''
const got: string[] = []
const get = async ({ product }: Wheel): Promise<void> => void got.push(product)

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'first-start-'))
  vi.stubEnv('EDGELAB_HOME', home)
  vi.stubEnv('EDGELAB_OFFLINE', '')
  // No NGINX there.
  vi.stubEnv('PATH', home)
  got.length = 0
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

test('the first start fetches NGINX once, and nothing else', async () => {
  await fetchUsual('processes', get)
  expect(got).toEqual(['nginx'])
  await fetchUsual('processes', get)
  expect(got).toEqual(['nginx'])
})

test('EDGELAB_OFFLINE=1 leaves it', async () => {
  vi.stubEnv('EDGELAB_OFFLINE', '1')
  await fetchUsual('processes', get)
  expect(got).toEqual([])
})

test('where it does not work nobody is kept from anything, and the next start tries again', async () => {
  const failures: string[] = []
  const failing = async (): Promise<never> => {
    throw new EdgeLabError('noFetcher', { product: 'nginx' })
  }
  await fetchUsual('processes', failing, ({ name }) => failures.push(name))
  expect(failures).toEqual(['noFetcher'])
  await fetchUsual('processes', get)
  expect(got).toEqual(['nginx'])
})
