/** Where a scenario made of a recording goes. */
import { access, link, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import { replaceWhole, writeThrough } from '../../measurement/store/whole-file.ts'
import { whyUnwritable } from '../../text-file.ts'

/** `logs/access.log.gz` → `logs/access.yaml` */
export function outFor(file: string): string {
  const name = basename(file).replace(/(?<=.)\.(?:gz|zst|zstd)$/i, '')
  return join(dirname(file), `${name.replace(/(?<=.)\.(?:har|log|json|jsonl|ndjson|txt|csv|xml)$/i, '')}.yaml`)
}

/** The name of a scenario, from its file’s: lower-case letters, digits and hyphens. */
export function idFor(out: string): string {
  const words = basename(out)
    .replace(/\.ya?ml$/i, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  return words === '' ? 'recorded' : words
}

/** Throws EdgeLabError `scenarioThere`. To be asked before anything takes long. */
export async function checkFree(path: string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (isThere) throw new EdgeLabError('scenarioThere', { path })
}

/** All of it or nothing. Throws EdgeLabError `scenarioThere` and `scenarioUnwritable`. */
export async function saveScenario(path: string, text: string, force: boolean): Promise<void> {
  try {
    if (force) await replaceWhole(path, text)
    else await createWhole(path, text)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw new EdgeLabError('scenarioThere', { path }, { cause })
    throw new EdgeLabError('scenarioUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  }
}

/** A link fails where there is something, even if it came there a moment ago; a rename would replace it. */
async function createWhole(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`
  try {
    await writeThrough(beside, text)
    await link(beside, path)
  } finally {
    await rm(beside, { force: true })
  }
}
