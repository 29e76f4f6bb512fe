/** The scenarios that come with EdgeLab, and files of the user's own. */
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { closest, distance } from 'fastest-levenshtein'
import { EdgeLabError } from '../errors.ts'
import { packageRoot } from '../package-root.ts'
import { readPlainText, readText, UnreadableFile } from '../text-file.ts'
import { badInput } from '../yaml-file.ts'
import { type LoadOptions, loadScenario } from './load.ts'
import type { Scenario } from './scenario.ts'

/** A file of the library: a scenario, or the reason why it is not a valid one, so that the rest can still be listed. */
export interface ScenarioEntry {
  /** The file's name without its ending. */
  readonly id: string
  readonly file: string
  readonly scenario: Scenario | null
  /** Why there is none, in a line; empty otherwise. */
  readonly problem: string
}

/** Course order: each builds on what the one before showed. */
const order = [
  'overhead',
  'capacity',
  'balancing',
  'caching',
  'stampede',
  'stale',
  'cache-leak',
  'rate-limit',
  'greedy-client',
  'window-edge',
  'transform',
  'policy-order',
  'managed',
  'managed-cost',
]

const library = join(packageRoot, 'scenarios')
const ending = '.yaml'

/** Ids of all files, in course order. Whether each is a valid scenario is known only after reading it. */
export async function scenarioIds(folder = library): Promise<readonly string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(ending) && !isOfMacOs(file))
  const rank = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length)
  return files.map((file) => basename(file, ending)).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

/** All files of the library in course order, invalid ones last. */
export async function listScenarios(options: LoadOptions, folder = library): Promise<readonly ScenarioEntry[]> {
  const beside = (await readdir(folder)).filter((file) => file.endsWith(ending) && isOfMacOs(file))
  const read = await Promise.all((await scenarioIds(folder)).map((id) => entryOf(id, folder, options)))
  const foreign = beside.map((name): ScenarioEntry => {
    const problem = 'it is no scenario: macOS keeps what it knows of a file in one like this'
    return { id: basename(name, ending), file: join(folder, name), scenario: null, problem }
  })
  return [...read.filter(({ scenario }) => scenario), ...read.filter(({ scenario }) => !scenario), ...foreign]
}

/** AppleDouble files: `._x.yaml` beside x.yaml, where a Mac wrote to a disk that is not its own. */
function isOfMacOs(file: string): boolean {
  return file.startsWith('._')
}

async function entryOf(id: string, folder: string, options: LoadOptions): Promise<ScenarioEntry> {
  const file = join(folder, id + ending)
  try {
    return { id, file, scenario: loadScenario(await readPlainText(file), file, options), problem: '' }
  } catch (error) {
    return { id, file, scenario: null, problem: problemIn(error) }
  }
}

/** What keeps a file from being used, in a line: how many mistakes, and the first of them. */
export function problemIn(error: unknown): string {
  if (error instanceof UnreadableFile) return `it cannot be read: ${error.message}`
  if (!(error instanceof EdgeLabError)) throw error
  const { problems } = error
  const { line, path, message } = problems[0]!
  const place = [line === undefined ? '' : `line ${line}`, path].filter((part) => part !== '').join(', ')
  const first = place === '' ? message : `${place}: ${message}`
  return problems.length === 1 ? first : `${problems.length} mistakes; the first: ${first}`
}

/**
 * By name, or by path for anything with a slash or an ending. Throws EdgeLabError `unknownScenario`, and `badInput`
 * where there is such a file and its text cannot be had.
 */
export async function readScenario(nameOrPath: string): Promise<{ readonly file: string; readonly text: string }> {
  const ids = await scenarioIds()
  const file = ids.includes(nameOrPath) ? join(library, nameOrPath + ending) : nameOrPath
  try {
    return { file, text: await readText(file) }
  } catch (cause) {
    const { isMissing, message } = cause as UnreadableFile
    if (!isMissing || file !== nameOrPath) {
      throw badInput(file, [{ file, path: '', message: `it cannot be read: ${message}` }])
    }
    const near = closest(nameOrPath, [...ids])
    const suggestion = distance(nameOrPath, near) <= 3 ? ` Did you mean ${near}?` : ''
    throw new EdgeLabError('unknownScenario', { name: nameOrPath, suggestion }, { cause })
  }
}
