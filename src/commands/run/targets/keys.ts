/**
 * `--keys <file>`: the keys of consumers for whom the scenario has none written down. Without it they are made for the
 * run, and only what EdgeLab configures can know them.
 */
import { z } from 'zod'
import { key, name, repeated } from '../../../policy/fields.ts'
import { makeKey } from '../../../scenario/keys.ts'
import { readText } from '../../../text-file.ts'
import { badInput, openYaml } from '../../../yaml-file.ts'

export interface Keys {
  readonly file: string | undefined
  /** For the loader of scenarios; it is remembered who was asked for. */
  readonly makeKey: (consumer: string) => string
  /** Consumers whose key had to be made, so that nobody outside can know it. */
  readonly made: ReadonlySet<string>
  /** Names in the file for whom no scenario asked. */
  unasked(): readonly string[]
}

const keysInput = z.record(name, key)

/** `greedy: a-key`, a line each. Throws EdgeLabError `badInput`. */
export async function readKeys(file: string | undefined): Promise<Keys> {
  const given = file === undefined ? new Map<string, string>() : await keysIn(file)
  const asked = new Set<string>()
  const made = new Set<string>()
  return {
    file,
    made,
    makeKey: (consumer) => {
      asked.add(consumer)
      const known = given.get(consumer)
      if (known !== undefined) return known
      made.add(consumer)
      return makeKey(consumer)
    },
    unasked: () => [...given.keys()].filter((consumer) => !asked.has(consumer)),
  }
}

async function keysIn(file: string): Promise<ReadonlyMap<string, string>> {
  const text = await readText(file).catch((cause: Error) => {
    throw badInput(file, [{ file, path: '', message: `it cannot be read: ${cause.message}` }])
  })
  const yaml = openYaml(text, file)
  const entries = Object.entries(yaml.read(keysInput) ?? {})
  for (const at of repeated(entries.map(([, value]) => value))) {
    yaml.add([entries[at]![0]], 'another consumer has this key already')
  }
  if (yaml.problems.length > 0) throw badInput(file, yaml.problems)
  return new Map(entries)
}
