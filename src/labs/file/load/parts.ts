/** What could be made out of a lab's folder, mistakes or not: what the checks of references look things up in. */
import { z } from 'zod'
import type { Problem } from '../../../errors.ts'
import type { KeyPath } from '../../../mistakes/inspect.ts'
import { suggestion } from '../../../mistakes/words.ts'
import type { Name } from '../../../policy/policy.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { roleInput, stepForms, stepInput, toStep } from '../input/input.ts'
import type { Step, StepType } from '../lab.ts'

export interface LabParts {
  /** Roles without mistakes of their own. */
  readonly roles: Readonly<Record<Name, z.output<typeof roleInput>>>
  /** All that are named, and direct. */
  readonly roleNames: readonly Name[]
  readonly steps: readonly StepPart[]
  /** Every file below the lab's folder, `/` between segments. */
  readonly files: ReadonlyMap<string, string>
  /** By path below files/; undefined where a file has mistakes of its own. */
  readonly scenarios: ReadonlyMap<string, Scenario | undefined>
}

export interface StepPart {
  readonly path: KeyPath
  readonly id: unknown
  readonly type: unknown
  /**
   * Its fields without mistakes; the others are empty, and lists have holes where an item has mistakes: walk
   * them by `placed`. undefined where not even its type is known.
   */
  readonly step: Step | undefined
}

/** Adds a problem: at a key of lab.yaml, or anywhere in a file of the lab. */
export interface Say {
  (path: KeyPath, message: string): void
  readonly at: (problem: Problem) => void
}

/** The roles and steps without mistakes of their own, so that references between them can still be checked. */
export function partsOf(value: unknown): Pick<LabParts, 'roles' | 'roleNames' | 'steps'> {
  const whole = (value ?? {}) as { readonly roles?: unknown; readonly steps?: unknown }
  const written = typeof whole.roles === 'object' && whole.roles !== null ? Object.entries(whole.roles) : []
  const roles = written.flatMap(([name, role]) => {
    const { data } = roleInput.safeParse(role)
    return data ? [[name, data] as const] : []
  })
  const steps = (Array.isArray(whole.steps) ? whole.steps : []).map((step: unknown, index): StepPart => {
    const { id, type } = (step ?? {}) as { readonly id?: unknown; readonly type?: unknown }
    return { path: ['steps', index], id, type, step: stepInput.safeParse(step).data ?? salvaged(step) }
  })
  return { roles: Object.fromEntries(roles), roleNames: [...written.map(([name]) => name), 'direct'], steps }
}

/** Field by field, and item by item: a mistake in a hint must hide neither one in a check nor one in the next hint. */
function salvaged(written: unknown): Step | undefined {
  const { type } = (written ?? {}) as { readonly type?: unknown }
  const form = Object.entries(stepForms).find(([name]) => name === type)?.[1]
  if (!form) return undefined
  const fields = Object.entries<z.ZodType>(form.shape).map(([key, schema]) => {
    const value = (written as Readonly<Record<string, unknown>>)[key]
    const { success, data } = schema.safeParse(value)
    const item = itemOf(schema)
    return [key, success ? data : item ? withHoles(item, value) : ''] as const
  })
  return toStep(Object.fromEntries(fields) as Parameters<typeof toStep>[0])
}

/** The schema of a list's items, also inside optional and default; undefined where the schema is no list. */
function itemOf(schema: z.ZodType): z.ZodType | undefined {
  const { innerType } = schema.def as { readonly innerType?: z.ZodType }
  if (innerType) return itemOf(innerType)
  return schema instanceof z.ZodArray ? (schema.element as z.ZodType) : undefined
}

function withHoles(item: z.ZodType, value: unknown): readonly unknown[] {
  // A value that should be a list and is none cannot be read item by item.
  const items: readonly unknown[] = Array.isArray(value) ? value : [undefined]
  const kept = new Array<unknown>(items.length)
  for (const [at, each] of items.entries()) {
    const { success, data } = item.safeParse(each)
    if (success) kept[at] = data
  }
  return kept
}

/** Items of a list with their places; holes are left out. */
export function placed<Item>(list: readonly Item[]): readonly (readonly [at: number, item: Item])[] {
  return list.flatMap((item, at) => [[at, item] as const])
}

/** Whether no item of the list has mistakes of its own. Only then is a name that is missing from it certainly wrong. */
export function isWhole(list: readonly unknown[]): boolean {
  return placed(list).length === list.length
}

/** Ids of the steps of a type, those with mistakes included. */
export function idsOf({ steps }: LabParts, type: StepType): readonly string[] {
  return steps.flatMap((step) => (step.type === type && typeof step.id === 'string' ? [step.id] : []))
}

/** An empty name was already reported as a mistake. */
export function reference(path: KeyPath, given: string, what: string, known: readonly string[], say: Say): void {
  if (given !== '' && !known.includes(given)) say(path, `there is no ${what} “${given}”${suggestion(given, known)}`)
}

/** Every file below a folder of the lab, by its path from there. */
export function filesBelow({ files }: LabParts, folder: string): ReadonlyMap<string, string> {
  const prefix = `${folder}/`
  const inside = [...files].filter(([path]) => path.startsWith(prefix))
  return new Map(inside.map(([path, text]) => [path.slice(prefix.length), text]))
}
