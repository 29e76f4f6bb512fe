/** How long our own programs are: their sources, as they lie in the repository from which EdgeLab runs. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EdgeLabError } from '../../errors.ts'
import { packageRoot } from '../../package-root.ts'
import { whyUnreadable } from '../../text-file.ts'

const folder = join(packageRoot, 'src', 'systems')
const counted = new Map<string, number>()

/**
 * Lines of code in all of these files and folders (see `System.sources`), without comments and blanks. Throws
 * EdgeLabError `sourcesMissing`.
 */
export function sourceLines(sources: readonly string[]): number {
  try {
    return sources
      .flatMap((name) =>
        name.endsWith('/') ? readdirSync(join(folder, name)).map((file) => `${name}${file}`) : [name],
      )
      .reduce((sum, file) => sum + linesOf(file), 0)
  } catch (cause) {
    throw new EdgeLabError('sourcesMissing', { path: folder, why: whyUnreadable(cause) }, { cause })
  }
}

function linesOf(file: string): number {
  const known = counted.get(file)
  if (known !== undefined) return known
  const lines = countCode(readFileSync(join(folder, file), 'utf8'))
  counted.set(file, lines)
  return lines
}

/** Lines of TypeScript that hold more than a comment. A comment in a string is taken for one: our sources have none. */
export function countCode(text: string): number {
  const code = text.replaceAll(/\/\*.*?\*\//gs, '')
  return code.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length
}
