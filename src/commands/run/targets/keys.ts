/**
 * `--keys <file>`: the keys of consumers for whom the scenario has none written down. Without it they are made for the
 * run, and only what EdgeLab configures can know them.
 */
import { z } from 'zod'
import { key, name, repeated } from '../../../policy/fields.ts'
import { makeKey } from '../../../scenario/keys.ts'
import { readText } from '../../../text-file.ts'
import { word } from '../../../views/evidence/curl.ts'
import { badInput, openYaml } from '../../../yaml-file.ts'

export interface Keys {
  /** Where they were given, for whoever has to correct them; never what they are. */
  readonly file: string
  /** The options that give them again, each with a space before it: the file by its name, a key by what stands for it. */
  readonly options: string
  /** For the loader of scenarios; it is remembered who was asked for. */
  readonly makeKey: (consumer: string) => string
  /** Consumers whose key had to be made, so that nobody outside can know it. */
  readonly made: ReadonlySet<string>
  /** Those who were given a key for which no scenario asked. */
  unasked(): readonly string[]
}

const keysInput = z.record(name, key)

/**
 * `file`: `greedy: a-key`, a line each. `awsKeys`: of `--aws-key`, `greedy=a-key` each, or the key of the only consumer
 * that is asked for. Throws EdgeLabError `badInput`.
 */
export async function readKeys(file?: string, awsKeys: readonly string[] = []): Promise<Keys> {
  const { only, named } = awsKeysIn(awsKeys)
  const given = new Map([...(file === undefined ? [] : await keysIn(file)), ...named])
  const asked = new Set<string>()
  const made = new Set<string>()
  return {
    file: file ?? (awsKeys.length > 0 ? '--aws-key' : '--keys'),
    options: [
      file === undefined ? '' : ` --keys ${word(file)}`,
      ...[...named.keys()].map((consumer) => ` --aws-key ${consumer}="$KEY"`),
      only === undefined ? '' : ' --aws-key "$KEY"',
    ].join(''),
    made,
    makeKey: (consumer) => {
      asked.add(consumer)
      const others = [...asked].filter((each) => !given.has(each))
      const known = given.get(consumer) ?? (others.length <= 1 ? only : undefined)
      if (known !== undefined) return known
      made.add(consumer)
      return makeKey(consumer)
    },
    unasked: () => [...given.keys()].filter((consumer) => !asked.has(consumer)),
  }
}

/** A key itself is never part of what is said about it. */
function awsKeysIn(texts: readonly string[]) {
  const named = new Map<string, string>()
  let only: string | undefined
  for (const text of texts) {
    const [, consumer, secret = text] = /^([a-z][a-z0-9-]{0,39})=(.*)$/s.exec(text) ?? []
    const again = consumer === undefined ? only !== undefined : named.has(consumer)
    const parsed = key.safeParse(secret)
    const wrong = again
      ? 'a consumer has one key: write --aws-key <consumer>=<key> where there are several consumers'
      : parsed.error?.issues[0]?.message
    if (wrong !== undefined) throw badInput('--aws-key', [{ file: '--aws-key', path: '', message: wrong }])
    if (consumer === undefined) only = secret
    else named.set(consumer, secret)
  }
  return { only, named }
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
