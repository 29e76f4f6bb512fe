import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { edit } from '../../../src/commands/app/edit.ts'

let folder: string
let editor: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'edit-'))
  editor = join(folder, 'editor')
  writeFileSync(editor, '#!/bin/sh\nfor last; do :; done\necho "$@" > "$last"\n')
  chmodSync(editor, 0o755)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('VISUAL comes before EDITOR, may have arguments, and is waited for', async () => {
  const file = join(folder, 'nginx conf')
  expect(await edit(file, { VISUAL: `${editor} --wait`, EDITOR: 'false' })).toBe(true)
  expect(readFileSync(file, 'utf8')).toBe(`--wait ${file}\n`)
})

test('an editor that is not there is none', async () => {
  expect(await edit(join(folder, 'x'), { EDITOR: join(folder, 'missing') })).toBe(false)
})
