import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { EdgeLabError } from '../../../errors.ts'
import type { Lab } from '../../../labs/file/lab.ts'
import { type AnswerFile, readAnswers } from '../../../labs/session/answer-file.ts'
import { textOf } from '../../run/input-file.ts'

/** By the id of the lab. */
export type AnswersByLab = ReadonlyMap<string, AnswerFile>

/**
 * Of a file, for the first of the labs; of a folder, for each lab of which it holds `<lab>.yaml`. Throws EdgeLabError
 * `fileUnreadable`, `badInput` and `usage`.
 */
export async function readAllAnswers(
  path: string,
  labs: readonly Lab[],
  until: string | undefined,
): Promise<AnswersByLab> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const files = isFolder
    ? labs.map((lab) => ({ lab, file: join(path, `${lab.id}.yaml`) }))
    : labs.slice(0, 1).map((lab) => ({ lab, file: path }))
  const there = await Promise.all(files.map(async ({ file }) => !isFolder || (await isThere(file))))
  const named = files.filter((_, at) => there[at])
  if (named.length === 0) {
    throw new EdgeLabError('usage', {
      what: `“${path}” holds answers to none of ${labs.map(({ id }) => id).join(', ')}.`,
    })
  }
  if (until !== undefined && !named.some(({ lab }) => lab.steps.some(({ id }) => id === until))) {
    throw new EdgeLabError('usage', {
      what: `There is no step “${until}” in ${named.map(({ lab }) => lab.id).join(', ')}.`,
    })
  }
  const read = named.map(async ({ lab, file }) => [lab.id, readAnswers(await textOf(file), file, lab, until)] as const)
  return new Map(await Promise.all(read))
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
