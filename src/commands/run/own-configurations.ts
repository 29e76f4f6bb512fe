/** `--config <system>=<path>`: read, and every mistake in all of them reported together, before anything starts. */
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Problem } from '../../errors.ts'
import { exampleSite } from '../../experiment/systems-under-test.ts'
import { suggestion } from '../../mistakes/words.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { type SystemId, systemIds, systems } from '../../systems/index.ts'
import { type OwnFile, placeholderProblems } from '../../systems/own-configuration/own-files.ts'
import { readPlainFile, readPlainFiles } from '../../systems/own-configuration/plain-files.ts'
import { launchOf } from '../../systems/system.ts'
import { whyUnreadable } from '../../text-file.ts'
import { severalMistakes } from '../../yaml-file.ts'

/** A reader's own native files for one system of a run. */
export interface OwnConfiguration {
  readonly system: SystemId
  /** As it was given: a file or a folder. */
  readonly path: string
  readonly files: readonly OwnFile[]
}

/** `given`: every `<system>=<path>`. Throws EdgeLabError `badInput` with everything that is wrong with any of them. */
export async function readOwnConfigurations(
  given: readonly string[],
  taking: readonly SystemId[],
  scenarios: readonly Scenario[],
): Promise<readonly OwnConfiguration[]> {
  const problems: Problem[] = []
  const read: OwnConfiguration[] = []
  for (const text of given) {
    const [, name = '', path = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? []
    const say = (message: string, file = path): void => void problems.push({ file, path: '', message })
    if (name === '' || path === '') {
      say('write --config <system>=<file or folder>', text)
      continue
    }
    const system = systemIds.find((id) => id === name)
    const unusable = system === undefined ? `“${name}” is not a system${suggestion(name, systemIds)}` : whyNot(system)
    if (unusable !== undefined) say(unusable)
    const { files, nameOf } = await filesAt(path, mainFile(system, scenarios), say)
    problems.push(...inScenarios(files, scenarios, nameOf))
    if (system !== undefined) read.push({ system, path, files })
  }
  if (problems.length === 0) return read
  throw severalMistakes(problems)

  function whyNot(system: SystemId): string | undefined {
    if (!launchOf(systems[system])) return `${system} is not started by EdgeLab, so there is nothing to configure`
    if (!taking.includes(system)) return `${system} takes no part in this run: --systems names ${taking.join(', ')}`
    if (read.some((earlier) => earlier.system === system)) return `${system} has a configuration already`
    return undefined
  }
}

interface Found {
  readonly files: readonly OwnFile[]
  /** As the reader knows a file. */
  readonly nameOf: (file: OwnFile) => string
}

/** `main`: what a single file takes the place of. */
async function filesAt(path: string, main: string, say: (message: string, file?: string) => void): Promise<Found> {
  const none = { files: [], nameOf: () => path }
  const found = await stat(path).catch((cause: unknown) => void say(whyUnreadable(cause)))
  if (!found) return none
  if (!found.isDirectory()) {
    const read = await readPlainFile(path)
    if ('problem' in read) say(read.problem)
    return 'problem' in read ? none : { files: [{ path: main, text: read.text }], nameOf: () => path }
  }
  try {
    const { files, refused } = await readPlainFiles(resolve(path))
    for (const each of refused) say(each.message, join(path, each.path))
    if (files.length === 0 && refused.length === 0) say('there is no file in this folder')
    return { files, nameOf: (file) => join(path, file.path) }
  } catch (cause) {
    say(`it cannot be read: ${whyUnreadable(cause)}`)
    return none
  }
}

/** The first file that compiling writes: `nginx.conf`, `edge.json`. It is the same for every scenario. */
function mainFile(system: SystemId | undefined, [scenario]: readonly Scenario[]): string {
  if (system === undefined || !scenario) return ''
  return systems[system].compile(scenario.policy, exampleSite(scenario)).files[0]?.path ?? ''
}

/** A file is used in every scenario of the run, so that each must know what the placeholders name. */
function inScenarios(
  files: readonly OwnFile[],
  scenarios: readonly Scenario[],
  nameOf: Found['nameOf'],
): readonly Problem[] {
  const places = new Map<string, { readonly problem: Problem; readonly ids: string[] }>()
  for (const scenario of scenarios) {
    for (const problem of placeholderProblems(files, scenario, nameOf)) {
      const key = JSON.stringify(problem)
      const known = places.get(key) ?? { problem, ids: [] }
      known.ids.push(scenario.id)
      places.set(key, known)
    }
  }
  return [...places.values()].map(({ problem, ids }) =>
    ids.length === scenarios.length
      ? problem
      : {
          ...problem,
          message: `${problem.message} (in ${ids.length === 1 ? 'scenario' : 'scenarios'} ${ids.join(', ')})`,
        },
  )
}
