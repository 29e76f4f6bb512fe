/** Resolves names that a user typed; an unknown one is reported with the nearest known name. */

import { InvalidArgumentError, Option } from 'commander'
import { closest, distance } from 'fastest-levenshtein'
import { findingMetrics } from '../comparison/findings/registry.ts'
import { EdgeLabError } from '../errors.ts'
import type { RuntimeKind } from '../runtime/topology.ts'
import { makeKey } from '../scenario/keys.ts'
import { listScenarios, readScenario, type ScenarioEntry, scenarioIds } from '../scenario/library.ts'
import { type LoadOptions, loadScenario } from '../scenario/load.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { type SystemId, systemIds, wheels } from '../systems/index.ts'
import type { Wheel } from '../systems/system.ts'
import { severalMistakes } from '../yaml-file.ts'

const loadOptions = { systems: systemIds, findings: findingMetrics, makeKey }

/** Every file among EdgeLab's scenarios, those with mistakes last. */
export function everyScenario(): Promise<readonly ScenarioEntry[]> {
  return listScenarios(loadOptions)
}

/**
 * Scenarios by name or file, all of them where none is named. Every file is read before the first complaint, so that
 * the mistakes of all are reported together. `keyOf`: the key of a consumer that has none written down; where left out,
 * one made for this run. Throws EdgeLabError `unknownScenario` and `badInput`.
 */
export async function scenariosNamed(
  names: readonly string[],
  keyOf: LoadOptions['makeKey'] = makeKey,
): Promise<readonly Scenario[]> {
  const wanted = names.length > 0 ? names : await scenarioIds()
  return allRead(
    wanted.map(async (name) => {
      const { text, file } = await readScenario(name)
      return loadScenario(text, file, { ...loadOptions, makeKey: keyOf })
    }),
  )
}

/** Waits for all of them. Where several have mistakes, they are reported together: EdgeLabError `badInput`. */
export async function allRead<Reads extends readonly unknown[]>(
  reads: { readonly [Each in keyof Reads]: Promise<Reads[Each]> },
): Promise<Reads> {
  const ends = await Promise.allSettled(reads)
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []))
  const unread = failures.filter((each) => each instanceof EdgeLabError && each.name === 'badInput')
  if (failures.length > unread.length) throw failures.find((each) => !unread.includes(each))
  if (unread.length === 1) throw unread[0]
  if (unread.length > 1) throw severalMistakes(unread.flatMap((each) => (each as EdgeLabError).problems))
  return Promise.all(reads) as Promise<Reads>
}

/** Throws EdgeLabError `unknownSystem`, with the nearest name where one is near. */
export function systemNamed(name: string): SystemId {
  const known: readonly string[] = systemIds
  if (known.includes(name)) return name as SystemId
  throw new EdgeLabError('unknownSystem', { name, suggestion: suggestionFor(name, known) })
}

/** Products by name, each once; `all` is all of them. Throws EdgeLabError `unknownProduct`. */
export function wheelsNamed(names: readonly string[]): readonly Wheel[] {
  const known = wheels.map(({ wheel }) => wheel)
  const products = known.map(({ product }) => product)
  const unknown = names.find((name) => name !== 'all' && !products.includes(name))
  if (unknown !== undefined) {
    throw new EdgeLabError('unknownProduct', {
      name: unknown,
      suggestion: suggestionFor(unknown, [...products, 'all']),
    })
  }
  return known.filter(({ product }) => names.includes(product) || names.includes('all'))
}

function suggestionFor(name: string, known: readonly string[]): string {
  const near = closest(name, [...known])
  return distance(name, near) <= 3 ? ` Did you mean ${near}?` : ''
}

/** For commander's option parsers: a whole number between two others, both included. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= min && value <= max) return value
    throw new InvalidArgumentError(`Allowed are whole numbers from ${min} to ${max}.`)
  }
}

/** For commander's option parsers; `all` is all of them. Throws EdgeLabError `unknownSystem`. */
export function systemsNamed(list: string): readonly SystemId[] {
  const names = list.split(',').map((name) => name.trim())
  return names.flatMap((name) => (name === 'all' ? systemIds : [systemNamed(name)]))
}

/** `--runtime`: how systems are started. */
export function runtimeOption(): Option {
  const kinds = ['auto', 'containers', 'processes'] satisfies readonly ('auto' | RuntimeKind)[]
  return new Option('--runtime <kind>', 'how systems are started').choices(kinds).default('auto')
}
