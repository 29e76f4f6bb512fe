/** No text speaks of a system that does not play: by its name, or by a native file that only others have. */
import { join } from 'node:path'
import { systems as allSystems, type SystemId } from '../../systems/index.ts'
import { readPlainFiles } from '../../systems/own-configuration/plain-files.ts'
import type { System } from '../../systems/system.ts'
import type { Lab } from '../file/lab.ts'
import { shownWhere } from '../file/where.ts'
import { castFacts, fileFacts, firstOf, truthOf } from '../progress/facts.ts'
import { type Cast, playerOf } from '../run/cast.ts'
import { filesFor } from '../session/workspace.ts'
import { type Rule, ruleOf } from './rule.ts'
import { fixedFacts } from './task/judgement.ts'
import { textsOf } from './texts.ts'

/** Something that a text may call a system by, and the systems that it may mean. */
interface Name {
  readonly written: string
  readonly systems: readonly SystemId[]
}

/**
 * What stands between `{{where …}}` and `{{end}}` counts where it is shown, and so do hints and outcomes whose condition
 * says for which systems they are.
 */
export async function namesRule(lab: Lab, cast: Cast): Promise<Rule> {
  const playing: readonly SystemId[] = cast.assignments.map(({ system }) => system)
  const names = [...productNames, ...(await nativeFileNames(lab))]
  const absent = names.filter(({ systems }) => !systems.some((system) => playing.includes(system)))
  const atStart = firstOf(castFacts(cast.assignments), fileFacts(join(lab.folder, 'files')))
  const wrong = textsOf(lab).flatMap(({ where, text, when, task }) => {
    const fixed = task ? fixedFacts(task, filesFor(lab, cast, task), atStart) : castFacts(cast.assignments)
    if (when && truthOf(when, fixed) === false) return []
    const shown = shownWhere(text, (role) => playerOf(cast, role)?.system)
    const named = absent.find(({ written }) => isNamed(written, shown))
    return named
      ? [`${where} names ${named.written}, and nobody who is called so plays: “${around(named.written, shown)}”`]
      : []
  })
  return ruleOf('no text names a system that does not play', wrong)
}

/** Ids, titles, and of a product the first word of its title: `NGINX` stands for each system that is built of it. */
const productNames: readonly Name[] = namesOf(
  Object.values<System>(allSystems)
    .filter(({ kind }) => kind !== 'baseline')
    .flatMap(({ id, title, kind }) => [id, title, ...(kind === 'self-built' ? [] : [title.split(' ')[0]!])]),
)

function namesOf(all: readonly string[]): readonly Name[] {
  const different = [...new Map(all.map((written) => [written.toLowerCase(), written])).values()]
  return different.map((written) => ({ written, systems: calledSo(written) }))
}

function calledSo(written: string): readonly SystemId[] {
  const every = Object.entries(allSystems) as readonly [SystemId, System][]
  return every.filter(([id, { title }]) => isNamed(written, title) || id === written.toLowerCase()).map(([id]) => id)
}

async function nativeFileNames({ roles, folder }: Lab): Promise<readonly Name[]> {
  const named = await Promise.all(
    roles.flatMap(({ native }) =>
      Object.entries(native).map(async ([system, below]) => {
        const { files } = await readPlainFiles(join(folder, 'files', below))
        return files.map(({ path }) => [path.split('/').at(-1)!, system as SystemId] as const)
      }),
    ),
  )
  const byName = Map.groupBy(named.flat(), ([name]) => name)
  return [...byName].map(([written, all]) => ({ written, systems: all.map(([, system]) => system) }))
}

function isNamed(written: string, text: string): boolean {
  return patternOf(written).test(text)
}

function patternOf(written: string): RegExp {
  return new RegExp(String.raw`(?<![\w-])${written.replaceAll(/[^\w-]/g, '\\$&')}(?![\w-])`, 'i')
}

/** Some words on both sides, on one line. */
function around(written: string, text: string): string {
  const at = patternOf(written).exec(text)?.index ?? 0
  const piece = text.slice(Math.max(0, at - 20), at + written.length + 30)
  return piece.replaceAll(/\s+/g, ' ').trim()
}
