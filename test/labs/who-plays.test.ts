/** Nothing in a lab speaks of a system that may not be playing. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { listLabs } from '../../src/labs/file/library.ts'

const labs = await listLabs()

/** Names of products and what only their files have. */
const product =
  /\b(?:nginx|njs|openresty|haproxy|envoy|kong|caddy|traefik|node-proxy|node-gateway|limit_req|auth_request|proxy_\w+|add_header|edge\.json|nginx\.conf)\b/i

/** Shown only where one of the systems plays that the mark names. */
const shownWherePlayed = /\{\{where [^}]*\}\}[\s\S]*?\{\{(?:otherwise|end)\}\}/g

test.each(labs)('$id: its texts', async ({ folder }) => {
  const steps = join(folder, 'steps')
  for (const file of await readdir(steps)) {
    const said = (await readFile(join(steps, file), 'utf8')).replace(shownWherePlayed, '')
    expect(product.exec(said)?.[0], `${file} speaks of`).toBeUndefined()
  }
})

test.each(labs)('$id: its questions, checks, hints and outcomes', async ({ folder }) => {
  const lab: unknown = parse(await readFile(join(folder, 'lab.yaml'), 'utf8'))
  expect(sentencesIn(lab).filter((sentence) => product.test(sentence))).toEqual([])
})

const spoken = ['title', 'question', 'summary', 'text', 'ask', 'label', 'why', 'prompt', 'say', 'otherwise', 'describe']

/** What learners read, but for what is said only in a cast. */
function sentencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(sentencesIn)
  if (typeof value !== 'object' || value === null) return []
  const { when } = value as { readonly when?: unknown }
  if (when !== undefined && JSON.stringify(when).includes('"cast.')) return []
  return Object.entries(value).flatMap(([key, inside]) =>
    typeof inside === 'string' && spoken.includes(key) ? [inside.replace(shownWherePlayed, '')] : sentencesIn(inside),
  )
}
