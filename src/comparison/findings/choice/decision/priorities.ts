/** A reader's own priorities: what a decision is made from, beside what a run showed. */
import { stringify } from 'yaml'
import { z } from 'zod'
import { type PolicyFeature, policyFeatures } from '../../../../policy/features/index.ts'
import { duration } from '../../../../policy/fields.ts'
import { managedCache, monthlyRequests } from '../../../../scenario/input.ts'
import { bodySize } from '../../../../scenario/origin-input.ts'
import { badInput, openYaml, type YamlFile } from '../../../../yaml-file.ts'

/** Who may run it: we ourselves, a vendor as a service, or whoever does it for less. */
export const operators = ['us', 'vendor', 'either'] as const
/** How much code of one's own somebody is ready to keep: none, scripts in a product, or whole programs. */
export const codes = ['none', 'scripts', 'programs'] as const

export interface Priorities {
  readonly title: string
  readonly must: readonly PolicyFeature[]
  readonly nice: readonly PolicyFeature[]
  readonly requestsPerMonth: number
  readonly operatedBy: (typeof operators)[number]
  readonly ownCode: (typeof codes)[number]
  /** Most that the edge may add to the median answer, milliseconds; absent: it does not matter. */
  readonly addedLatencyMs?: number
  /** Mean size of an answer, bytes; absent: as measured. */
  readonly bodyBytes?: number
  readonly cacheGb?: number
}

const feature = z.enum(policyFeatures as [PolicyFeature, ...PolicyFeature[]])

export const prioritiesInput = z.strictObject({
  formatVersion: z.literal(1),
  title: z.string().min(1).max(80).default('The edge').describe('what is decided'),
  must: z.array(feature).min(1).describe('what it has to do'),
  nice: z.array(feature).default([]).describe('what counts where two cost the same'),
  requestsPerMonth: monthlyRequests,
  operatedBy: z.enum(operators).default('either').describe('who may run it'),
  ownCode: z.enum(codes).default('scripts').describe('how much code of your own you are ready to keep'),
  addedLatency: duration.optional().describe('most that it may add to the median answer: 2ms'),
  bodySize: bodySize.optional().describe('mean size of an answer, where it is not the one that is measured'),
  cacheSize: managedCache.optional(),
})

/** Throws EdgeLabError `badInput` with every mistake, located. */
export function readPriorities(text: string, file: string): Priorities {
  const yaml = openYaml(text, file)
  const input = yaml.read(prioritiesInput)
  if (input) namedTwice(input, yaml.add)
  if (yaml.problems.length > 0 || !input) throw badInput(file, yaml.problems)
  const { title, must, nice, requestsPerMonth, operatedBy, ownCode, addedLatency, bodySize: body, cacheSize } = input
  return {
    title,
    must,
    nice,
    requestsPerMonth,
    operatedBy,
    ownCode,
    ...(addedLatency === undefined ? {} : { addedLatencyMs: addedLatency }),
    ...(body === undefined ? {} : { bodyBytes: body }),
    ...(cacheSize === undefined ? {} : { cacheGb: cacheSize }),
  }
}

function namedTwice({ must, nice }: z.output<typeof prioritiesInput>, add: YamlFile['add']): void {
  for (const [at, each] of must.entries()) {
    if (must.indexOf(each) < at) add(['must', at], `${each} is named twice`)
  }
  for (const [at, each] of nice.entries()) {
    if (must.includes(each)) add(['nice', at], `${each} is a must already`)
    else if (nice.indexOf(each) < at) add(['nice', at], `${each} is named twice`)
  }
}

/** As a file of priorities has it, to be read again. */
export function prioritiesYaml(priorities: Priorities): string {
  const { title, must, nice, requestsPerMonth, operatedBy, ownCode, addedLatencyMs, bodyBytes, cacheGb } = priorities
  return stringify({
    formatVersion: 1,
    title,
    must,
    nice,
    requestsPerMonth,
    operatedBy,
    ownCode,
    ...(addedLatencyMs === undefined ? {} : { addedLatency: `${addedLatencyMs}ms` }),
    ...(bodyBytes === undefined ? {} : { bodySize: `${bodyBytes}B` }),
    ...(cacheGb === undefined ? {} : { cacheSize: `${cacheGb}GB` }),
  })
}

/** For editors: they complete, explain and check while one writes. */
export function prioritiesJsonSchema(): string {
  const schema = z.toJSONSchema(prioritiesInput, { io: 'input', unrepresentable: 'any' })
  return `${JSON.stringify({ title: 'EdgeLab priorities', ...schema }, null, 2)}\n`
}
