/** How a binary has a module: asked of the binary itself, as builds of one version differ. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ModuleHere, ProductModule } from '../../systems/system.ts'
import { cleanEnvironment } from '../machine/environment.ts'

const askedMs = 5000

/** undefined: this build is without it. */
export function moduleIn(binary: string, module: ProductModule): ModuleHere | undefined {
  const said = whatItTells(binary, module.asked)
  const load = module.builtIn.test(said) ? null : fileIn(module.folder.exec(said)?.[1], module.file)
  if (load === undefined) return undefined
  // The name of every directive that a module knows stands in its file.
  const text = module.newer.length > 0 ? readFileSync(load ?? binary, 'latin1') : ''
  return { load, lacks: module.newer.filter((name) => !text.includes(name)) }
}

function fileIn(folder: string | undefined, file: string): string | undefined {
  if (folder === undefined) return undefined
  const path = join(folder, file)
  return existsSync(path) ? path : undefined
}

const told = new Map<string, string>()

/** Asked once of each binary, as long as its file is the same; empty where it does not run. */
function whatItTells(binary: string, args: readonly string[]): string {
  const { mtimeMs, size } = statSync(binary)
  const key = [binary, mtimeMs, size, ...args].join('\0')
  if (!told.has(key)) {
    const { stdout, stderr } = spawnSync(binary, args, {
      encoding: 'utf8',
      timeout: askedMs,
      env: cleanEnvironment(),
    })
    told.set(key, `${stdout ?? ''}${stderr ?? ''}`)
  }
  return told.get(key)!
}
