/** The folder of this package, found from wherever this code runs: from src/ as it is, or bundled into dist/. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function find(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('EdgeLab’s own package.json is missing')
  return find(parent)
}

export const packageRoot = find(dirname(fileURLToPath(import.meta.url)))
