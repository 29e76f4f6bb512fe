/** A reader's own prices and assumptions, laid over those that EdgeLab has: a YAML file of whatever differs. */
import { closest } from 'fastest-levenshtein'
import { z } from 'zod'
import { badInput, openYaml, type YamlFile } from '../yaml-file.ts'
import { type MachinePrice, type Price, pricesOf } from './price.ts'
import type { Terms } from './terms.ts'

const above = (what: string) => z.number().positive().describe(what)

const share = z
  .union([
    z.number().gt(0).max(1),
    z
      .string()
      .regex(/^\d+(\.\d+)?\s*%$/)
      .transform((text) => Number.parseFloat(text) / 100)
      .refine((value) => value > 0 && value <= 1),
  ])
  .describe('a share: 60%')

const priceInput = z.strictObject({
  amount: z.number().min(0).describe('what one unit costs'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency has three capital letters: USD')
    .optional(),
  region: z.string().min(1).max(60).optional().describe('where it holds'),
  source: z.string().min(1).max(300).optional().describe('where you read it'),
  date: z.iso.date().optional().describe('when you read it: 2026-11-24'),
  what: z.string().min(1).max(120).optional().describe('of a machine of your own: what it is'),
  per: z.enum(['hour', 'month']).optional().describe('of a machine: what amount pays for'),
  vcpus: above('of a machine: how many CPUs it has').optional(),
  transfer: z
    .strictObject({
      gb: z.number().min(0).describe('GB that it may send in a month'),
      beyond: z.number().min(0).describe('what each GB beyond costs'),
    })
    .optional()
    .describe('of a machine: what its price includes; left out, all that it sends costs what the transfer prices say'),
})

export const pricesInput = z.strictObject({
  formatVersion: z.literal(1),
  prices: z
    .record(z.string(), priceInput)
    .default({})
    .describe('by name, as edgelab list prices shows them; any other name is a machine of your own'),
  assume: z
    .strictObject({
      hoursPerMonth: above('hours in a month').max(744).optional(),
      utilisation: share.optional().describe('how busy the CPUs of a machine may be in the busiest hour'),
      peak: z.number().min(1).max(1000).optional().describe('the busiest hour, by the mean of the month'),
      leastMachines: z.int().min(1).max(100).optional(),
      vcpuWorth: above('what a vCPU does, by what the core does that this run was measured on').max(100).optional(),
      machine: z.string().optional().describe('name of the machine that the curve is drawn for'),
    })
    .default({}),
})

type PricesInput = z.output<typeof pricesInput>

/** Throws EdgeLabError `badInput` with every mistake, located. */
export function readPrices(text: string, file: string, usual: Terms): Terms {
  const yaml = openYaml(text, file)
  const input = yaml.read(pricesInput)
  const terms = input && laidOver(input, usual, yaml.add)
  if (yaml.problems.length > 0 || !terms) throw badInput(file, yaml.problems)
  return terms
}

function laidOver({ prices, assume }: PricesInput, usual: Terms, add: YamlFile['add']): Terms {
  const known = new Map(usual.prices.map((price) => [price.name, price]))
  const own = Object.entries(prices).flatMap(([name, given]): readonly Price[] => {
    const price = known.get(name)
    return price ? [changed(price, given, add)] : (machineOf(name, given, known, add) ?? [])
  })
  const byName = new Map([...known, ...own.map((price): [string, Price] => [price.name, price])])
  const all = [...byName.values()]
  oneCurrency(all, own, add)
  const machines = pricesOf(all, 'machine').map(({ name }) => name)
  const { machine = pricesOf(own, 'machine')[0]?.name ?? usual.assumptions.machine } = assume
  if (!machines.includes(machine)) {
    add(['assume', 'machine'], `there is no machine “${machine}”; the nearest is ${closest(machine, machines)}`)
  }
  const { assumptions } = usual
  return {
    prices: all,
    assumptions: {
      hoursPerMonth: assume.hoursPerMonth ?? assumptions.hoursPerMonth,
      utilisation: assume.utilisation ?? assumptions.utilisation,
      peak: assume.peak ?? assumptions.peak,
      leastMachines: assume.leastMachines ?? assumptions.leastMachines,
      vcpuWorth: assume.vcpuWorth ?? assumptions.vcpuWorth,
      machine,
    },
  }
}

type PriceInput = PricesInput['prices'][string]

const ofMachines = ['what', 'per', 'vcpus', 'transfer'] as const

function changed(price: Price, given: PriceInput, add: YamlFile['add']): Price {
  if (price.of !== 'machine') {
    for (const key of ofMachines) {
      if (given[key] !== undefined)
        add(['prices', price.name, key], `${price.name} is no machine, so it has no “${key}”`)
    }
  }
  return { ...price, ...yours(given), ...(price.of === 'machine' ? machineKeys(given) : {}) } as Price
}

function machineOf(
  name: string,
  given: PriceInput,
  known: ReadonlyMap<string, Price>,
  add: YamlFile['add'],
): readonly MachinePrice[] | undefined {
  const missing = (['what', 'per', 'vcpus'] as const).filter((key) => given[key] === undefined)
  const { what, per, vcpus } = given
  if (what === undefined || per === undefined || vcpus === undefined) {
    const near = closest(name, [...known.keys()])
    add(
      ['prices', name],
      `there is no price “${name}”; the nearest is ${near}. A machine of your own also says ${missing.join(', ')}`,
    )
    return undefined
  }
  const usual = { currency: 'USD', region: 'any', source: 'your file', date: '' }
  return [{ of: 'machine', name, ...usual, ...yours(given), what, per, vcpus, ...machineKeys(given) }]
}

function yours({ amount, currency, region, source, date }: PriceInput) {
  return {
    amount,
    ...(currency === undefined ? {} : { currency }),
    ...(region === undefined ? {} : { region }),
    source: source ?? 'your file',
    date: date ?? '',
    standing: 'yours' as const,
  }
}

function machineKeys({ what, per, vcpus, transfer }: PriceInput) {
  return {
    ...(what === undefined ? {} : { what }),
    ...(per === undefined ? {} : { per }),
    ...(vcpus === undefined ? {} : { vcpus }),
    ...(transfer === undefined ? {} : { transfer }),
  }
}

/** Sums of two currencies are none. */
function oneCurrency(all: readonly Price[], own: readonly Price[], add: YamlFile['add']): void {
  const usual = all.find((price) => !own.includes(price))?.currency
  if (usual === undefined) return
  for (const { name, currency } of own.filter((price) => price.currency !== usual)) {
    add(
      ['prices', name, 'currency'],
      `${currency} beside ${usual}: sums need one currency; convert it, or give every price in ${currency}`,
    )
  }
}
