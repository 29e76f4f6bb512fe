/** Which option a reader's priorities and a run leave: pure, and silent where the run is. */
import type { RunRecord } from '../../../../measurement/run-record.ts'
import type { Terms } from '../../../../prices/terms.ts'
import { type Option, optionsOf } from './options.ts'
import type { Priorities } from './priorities.ts'

export interface Decision {
  readonly priorities: Priorities
  /** Those that do all of it first, cheapest first; then what is emulated, what is open, what is out. */
  readonly options: readonly Option[]
  /** The cheapest that was shown to do it all; undefined where none was. */
  readonly chosen: Option | undefined
  /** Cost as much and do as many of the nice-to-haves: lines to keep decided between them. */
  readonly equals: readonly Option[]
  /** A service that would cost less by its documents and its price list, of which nothing could be shown. */
  readonly cheaperEmulated: Option | undefined
}

const order = ['does', 'emulated', 'open', 'out'] as const

export function decide(record: RunRecord, priorities: Priorities, terms: Terms): Decision {
  const options = optionsOf(record, priorities, terms).toSorted(
    (a, b) => order.indexOf(a.standing) - order.indexOf(b.standing) || compare(a, b),
  )
  const [chosen] = options.filter(({ standing }) => standing === 'does')
  const emulated = options.find(({ standing }) => standing === 'emulated')
  return {
    priorities,
    options,
    chosen,
    equals: chosen
      ? options.filter(
          (each) =>
            each !== chosen &&
            each.standing === 'does' &&
            costOf(each) === costOf(chosen) &&
            each.extras.length === chosen.extras.length,
        )
      : [],
    cheaperEmulated: emulated && (!chosen || costOf(emulated) < costOf(chosen)) ? emulated : undefined,
  }
}

/** Price first; where it is the same, nice-to-haves, then what there is to keep: a line of code counts as much as one of configuration. */
function compare(a: Option, b: Option): number {
  return costOf(a) - costOf(b) || b.extras.length - a.extras.length || linesOf(a) - linesOf(b)
}

/** In whole cents: machines of one kind cost the same. Unknown: more than anything known. */
export function costOf({ price }: Option): number {
  return price ? Math.round(price.bill.total * 100) : Number.MAX_SAFE_INTEGER
}

function linesOf({ lines }: Option): number {
  return lines ? lines.config + lines.script : Number.MAX_SAFE_INTEGER
}
