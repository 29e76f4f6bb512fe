import { cell, table } from '../../../comparison/blocks.ts'
import type { TableBlock } from '../../../comparison/finding.ts'
import { findBinary } from '../../../runtime/processes/binaries.ts'
import { intactBinary } from '../../../runtime/wheels/kept.ts'
import { pinnedOf } from '../../../runtime/wheels/pinned.ts'
import { wheels } from '../../../systems/index.ts'
import { formatBytes } from '../../../units.ts'

export async function wheelsTable(): Promise<TableBlock> {
  const rows = wheels.map(async ({ wheel, systems }) => {
    const kept = await intactBinary(wheel)
    return [
      wheel.product,
      pinnedOf(wheel).version,
      systems.join(', '),
      kept
        ? cell(`fetched, ${formatBytes(kept.bytes)}: ${kept.path}`, 'good')
        : cell(`not fetched; about ${wheel.megabytes} MB`, 'muted'),
      findBinary([wheel.product]) ?? '–',
    ]
  })
  return table('Binaries', ['product', 'version', 'for', '', 'on PATH, goes first'], await Promise.all(rows))
}
