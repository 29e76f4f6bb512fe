import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { DamagedJournal, openJournal } from '../../../../src/workshop/host/state/journal.ts'

const schema = z.object({ text: z.string() })
type Entry = z.infer<typeof schema>

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgelab-journal-'))
  path = join(folder, 'journal.ndjson')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function entriesIn(file: string): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  await (await openJournal(file, schema, (entry) => entries.push(entry))).close()
  return entries
}

test('what was appended is there, in order, and goes on', async () => {
  const kept: Entry[] = []
  const journal = await openJournal(path, schema, (entry) => kept.push(entry))
  const wanted = Array.from({ length: 500 }, (_, index) => ({ text: `${index} äöü \n "quoted"` }))
  await Promise.all(wanted.map((entry) => journal.append(entry)))
  expect(kept).toEqual(wanted)
  await journal.close()
  const again = await openJournal(path, schema, () => {})
  await again.append({ text: 'later' })
  await again.close()
  expect(await entriesIn(path)).toEqual([...wanted, { text: 'later' }])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('it is in the file when it is acknowledged', async () => {
  const journal = await openJournal(path, schema, () => {})
  for (let index = 0; index < 20; index += 1) {
    await journal.append({ text: String(index) })
    expect((await readFile(path, 'utf8')).trimEnd().split('\n')).toHaveLength(index + 1)
  }
  await journal.close()
})

test('wherever its end was cut, whole entries are read and the next one follows them', async () => {
  const texts = ['first', 'second, a little longer', 'third: ünïcödé']
  const whole = texts.map((text) => `${JSON.stringify({ text })}\n`).join('')
  const bytes = Buffer.from(whole)
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length), async (length) => {
      await writeFile(path, bytes.subarray(0, length))
      const lines = bytes.subarray(0, length).toString('utf8').split('\n').length - 1
      const journal = await openJournal(path, schema, () => {})
      await journal.append({ text: 'next' })
      await journal.close()
      expect((await entriesIn(path)).map(({ text }) => text)).toEqual([...texts.slice(0, lines), 'next'])
    }),
    { numRuns: 40 },
  )
})

test('a last line of rubbish is dropped; one in the middle is damage, and nothing is lost by reading it', async () => {
  await writeFile(path, '{"text":"good"}\n\0\0\0\0\n')
  expect(await entriesIn(path)).toEqual([{ text: 'good' }])
  await writeFile(path, '{"text":"good"}\nrubbish\n{"text":"more"}\n')
  await expect(entriesIn(path)).rejects.toThrow(new DamagedJournal('line 2 is no entry of a journal'))
  expect(await readFile(path, 'utf8')).toBe('{"text":"good"}\nrubbish\n{"text":"more"}\n')
})

test('who cannot write is told so', async () => {
  await expect(openJournal(join(path, 'not', 'there'), schema, () => {})).rejects.toThrow('ENOENT')
})

test('where the disk is full nothing is acknowledged, and what comes after that is not torn', async (context) => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    context.skip('this user may not mount a small file system')
  }
  try {
    const kept: Entry[] = []
    const journal = await openJournal(path, schema, (entry) => kept.push(entry))
    await journal.append({ text: 'before' })
    await expect(journal.append({ text: 'x'.repeat(100_000) })).rejects.toThrow('ENOSPC')
    await journal.append({ text: 'after' })
    await journal.close()
    expect(kept.map(({ text }) => text)).toEqual(['before', 'after'])
    expect(await entriesIn(path)).toEqual(kept)
  } finally {
    execFileSync('umount', [folder])
  }
})
