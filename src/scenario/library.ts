/** The scenarios that come with EdgeLab, and files of the user's own. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { closest, distance } from 'fastest-levenshtein'
import { parse } from 'yaml'
import { LabError } from '../errors.ts'
import { packageRoot } from '../package-root.ts'

export interface ScenarioEntry {
  readonly id: string
  readonly file: string
  readonly title: string
  readonly question: string
}

/** Course order: each builds on what the one before showed. */
const order = ['overhead', 'caching', 'rate-limit', 'transform']

const folder = join(packageRoot, 'scenarios')

export async function listScenarios(): Promise<readonly ScenarioEntry[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'))
  const entries = await Promise.all(
    files.map(async (name) => {
      const file = join(folder, name)
      const { title, question } = parse(await readFile(file, 'utf8')) as { title: string; question: string }
      return { id: basename(name, '.yaml'), file, title, question }
    }),
  )
  const rank = ({ id }: ScenarioEntry): number => (order.includes(id) ? order.indexOf(id) : order.length)
  return entries.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
}

/** By name, or by path for anything with a slash or an ending. Throws LabError `unknownScenario`. */
export async function readScenario(nameOrPath: string): Promise<{ readonly file: string; readonly text: string }> {
  const named = (await listScenarios()).find(({ id }) => id === nameOrPath)
  const file = named?.file ?? nameOrPath
  try {
    return { file, text: await readFile(file, 'utf8') }
  } catch (cause) {
    const ids = (await listScenarios()).map(({ id }) => id)
    const near = closest(nameOrPath, ids)
    const suggestion = distance(nameOrPath, near) <= 3 ? ` Did you mean ${near}?` : ''
    throw new LabError('unknownScenario', { name: nameOrPath, suggestion }, { cause })
  }
}
