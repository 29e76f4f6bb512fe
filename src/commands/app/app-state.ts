/** What the app keeps between two starts, in EdgeLab's state folder. */
import { join } from 'node:path'
import { z } from 'zod'
import {
  type Priorities,
  prioritiesYaml,
  readPriorities,
} from '../../comparison/findings/choice/decision/priorities.ts'
import { EdgeLabError } from '../../errors.ts'
import { edgelabHome } from '../../labs/progress/home.ts'
import { efforts } from '../../measurement/slices/slice-record.ts'
import { replaceWhole } from '../../measurement/store/whole-file.ts'
import { systemIds } from '../../systems/index.ts'
import { readText, whyUnwritable } from '../../text-file.ts'
import type { RunChoice } from '../../views/services.ts'

const schema = z.object({
  choice: z.object({
    scenarios: z.array(z.string()),
    systems: z.array(z.enum(systemIds)),
    // The app of an earlier EdgeLab kept rounds instead.
    effort: z.enum(efforts).catch('default'),
  }),
})

const statePath = (): string => join(edgelabHome(), 'app.json')

/** null: none yet, or the file is damaged; it is only a proposal, and the next choice replaces it. */
export async function lastChoice(): Promise<RunChoice | null> {
  try {
    return schema.parse(JSON.parse(await readText(statePath()))).choice
  } catch {
    return null
  }
}

/** Throws EdgeLabError `stateUnwritable`. */
export async function rememberChoice(choice: RunChoice): Promise<void> {
  await keep(statePath(), `${JSON.stringify({ choice })}\n`)
}

const prioritiesPath = (): string => join(edgelabHome(), 'priorities.yaml')

/** null: none yet, or the file is damaged. */
export async function lastPriorities(): Promise<Priorities | null> {
  try {
    return readPriorities(await readText(prioritiesPath()), prioritiesPath())
  } catch {
    return null
  }
}

/** Throws EdgeLabError `stateUnwritable`. */
export async function rememberPriorities(priorities: Priorities): Promise<void> {
  await keep(prioritiesPath(), prioritiesYaml(priorities))
}

/** What was copied last, for terminals whose clipboard cannot be reached; returns the path. Throws `stateUnwritable`. */
export async function keepCopy(text: string): Promise<string> {
  const path = join(edgelabHome(), 'copied.txt')
  await keep(path, text)
  return path
}

async function keep(path: string, text: string): Promise<void> {
  try {
    await replaceWhole(path, text)
  } catch (cause) {
    throw new EdgeLabError('stateUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  }
}
