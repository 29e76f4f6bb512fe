/** Texts of a lab: read from their files, their placeholders looked up, no literal port anywhere. */
import type { Problem } from '../../../errors.ts'
import type { KeyPath } from '../../../mistakes/inspect.ts'
import { suggestion } from '../../../mistakes/words.ts'
import { placeholdersIn } from '../placeholders.ts'
import { blockNames } from '../where.ts'
import { factProblem } from './facts.ts'
import type { LabParts, Say } from './parts.ts'

const textFile = /^steps\/[A-Za-z0-9_./-]+\.md$/

/** The one rule for longer texts: `steps/<name>.md`, and nothing besides, names a file; else it is the text itself. */
export function resolveText(written: string, files: ReadonlyMap<string, string>): string | undefined {
  return textFile.test(written) ? files.get(written) : written
}

/** A text that a learner reads: its file is there, and its placeholders mean something. */
export function checkText(parts: LabParts, path: KeyPath, written: string, labFile: string, say: Say): void {
  const text = resolveText(written, parts.files)
  if (text === undefined) {
    const known = [...parts.files.keys()].filter((file) => textFile.test(file))
    return say(path, `there is no file ${written}${suggestion(written, known)}`)
  }
  for (const { at, message } of placeholderProblems(parts, text)) {
    if (text === written) say(path, message)
    else say.at(located(beside(labFile, written), text, at, message))
  }
}

/** A sentence or a label that a learner reads: always written in place, and its placeholders mean something. */
export function checkWords(parts: LabParts, path: KeyPath, written: string, say: Say): void {
  if (textFile.test(written)) say(path, `no file is read here: write the words of ${written} in place`)
  for (const { message } of placeholderProblems(parts, written)) say(path, message)
}

function placeholderProblems(
  parts: LabParts,
  text: string,
): readonly { readonly at: number; readonly message: string }[] {
  const braced = placeholdersIn(text).flatMap(({ at, written, placeholder }) => {
    const message =
      placeholder.kind === 'fact'
        ? factProblem(placeholder.fact, parts)
        : placeholder.kind === 'role' && !parts.roleNames.includes(placeholder.role)
          ? `${written} is neither a role nor a fact${suggestion(placeholder.role, parts.roleNames)}`
          : undefined
    return message === undefined ? [] : [{ at, message }]
  })
  return [...braced, ...blockProblems(parts, text)].sort((one, other) => one.at - other.at)
}

function blockProblems(
  { roles, roleNames }: LabParts,
  text: string,
): readonly { readonly at: number; readonly message: string }[] {
  const { named, wrong } = blockNames(text)
  const unknown = named.flatMap(({ at, role, systems }) => {
    if (!roleNames.includes(role)) return [{ at, message: `there is no role “${role}”${suggestion(role, roleNames)}` }]
    const known: readonly string[] | undefined = roles[role]?.systems
    return systems
      .filter((system) => known && !known.includes(system))
      .map((system) => ({
        at,
        message: `“${system}” is not among the systems of ${role}${suggestion(system, known ?? [])}`,
      }))
  })
  return [...wrong, ...unknown]
}

/**
 * Numbers of ports where a text names an address: after a host and a colon, or after `listen`. Ports are chosen by the
 * runtime, so whatever number stands there is wrong.
 */
const literalPort =
  /(?:\b(?:localhost|\d{1,3}(?:\.\d{1,3}){3})|\[[0-9a-f:]*\]|\b[a-z][a-z0-9.-]*[a-z0-9]|(?<=^|[\s`(]))(?<![{"'])(:\d{2,5})\b(?![.:\d])|\blisten[ \t]+(?:\S+:)?(\d{2,5})\b/gim

export function checkPorts({ files }: LabParts, labFile: string, say: Say): void {
  for (const [path, text] of files) {
    for (const match of text.matchAll(literalPort)) {
      const number = match[1] ?? match[2]!
      const at = match.index + match[0].lastIndexOf(number)
      const port = number.replace(':', '')
      say.at(located(beside(labFile, path), text, at, `${port} is a literal port: ports are chosen anew for every run`))
    }
  }
}

/** The path of another file of the lab, named as the lab file was. */
export function beside(labFile: string, path: string): string {
  return labFile.replace(/lab\.yaml$/, path)
}

export function located(file: string, text: string, at: number, message: string): Problem {
  const before = text.slice(0, at).split('\n')
  return { file, line: before.length, column: before.at(-1)!.length + 1, path: '', message }
}
