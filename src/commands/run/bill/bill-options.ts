/** What a reader says of a month and of prices, for the bills of a run that was made already. */
import { type Command, InvalidArgumentError } from 'commander'
import type { z } from 'zod'
import type { RunRecord } from '../../../measurement/run-record.ts'
import { managedCache, monthlyRequests } from '../../../scenario/input.ts'
import { bodySize } from '../../../scenario/origin-input.ts'
import type { Month } from '../../../scenario/scenario.ts'

export interface BillFlags {
  readonly prices?: string
  readonly requestsPerMonth?: number
  readonly bodySize?: number
  readonly cacheSize?: number
}

export function addBillOptions(command: Command): Command {
  return command
    .option(
      '--prices <file>',
      'a YAML file of prices and assumptions that replace EdgeLab’s (edgelab list prices shows them)',
    )
    .option('--requests-per-month <count>', 'requests a month to bill: 250k, 50M, 1.5B', read(monthlyRequests))
    .option('--body-size <size>', 'size of an answer’s body: 4KB', read(bodySize))
    .option('--cache-size <size>', 'size of the managed cache: 0.5GB', read(managedCache))
}

/** For commander's option parsers. */
function read<Value>(schema: z.ZodType<Value>): (text: string) => Value {
  return (text) => {
    const { data, error } = schema.safeParse(text)
    if (error) throw new InvalidArgumentError(`${error.issues[0]!.message}.`)
    return data
  }
}

/** The record as it would be if its scenarios had such a month; itself where nothing is said of one. */
export function withMonth(record: RunRecord, flags: BillFlags): RunRecord {
  const { requestsPerMonth, bodySize: body, cacheSize } = flags
  const said: Month = {
    ...(requestsPerMonth === undefined ? {} : { requests: requestsPerMonth }),
    ...(body === undefined ? {} : { bodyBytes: body }),
    ...(cacheSize === undefined ? {} : { cacheGb: cacheSize }),
  }
  if (Object.keys(said).length === 0) return record
  return {
    ...record,
    scenarios: record.scenarios.map((each) => ({
      ...each,
      scenario: { ...each.scenario, month: { ...each.scenario.month, ...said } },
    })),
  }
}
