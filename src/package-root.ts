/** This package: its folder, found from wherever this code runs (src/ as it is, or bundled into dist/), and its version. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function find(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('EdgeLab’s own package.json is missing')
  return find(parent)
}

export const packageRoot = find(dirname(fileURLToPath(import.meta.url)))

/** EdgeLab's own, whichever package's script started it. */
export const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  readonly version: string
}
