/**
 * What the facilitator wanted when the host was last heard, on this machine’s disk: whoever starts again while the host
 * cannot be reached is held where the room is.
 */
import { replaceWhole } from '../../measurement/store/whole-file.ts'
import { readText } from '../../text-file.ts'
import { type Orders, ordersSchema } from '../protocol/messages.ts'

export interface KeptOrders {
  /** Of an earlier process; null where there are none, or they cannot be read: then the host has to be heard first. */
  readonly before: Orders | null
  /** Written behind it, where they differ from those before. */
  keep(orders: Orders): void
  /** What was to be kept is on the disk, or cannot be. */
  settled(): Promise<void>
}

export async function openKeptOrders(path: string): Promise<KeptOrders> {
  const before = await readOrders(path)
  let kept = JSON.stringify(before)
  let writing: Promise<void> = Promise.resolve()
  return {
    before,
    keep: (orders) => {
      const text = JSON.stringify(orders)
      // They come again every few seconds.
      if (text === kept) return
      kept = text
      // What cannot be written is heard again from the host, and holds nobody until then.
      writing = writing.then(() => replaceWhole(path, `${text}\n`, 0o600)).catch(() => undefined)
    },
    settled: () => writing,
  }
}

async function readOrders(path: string): Promise<Orders | null> {
  try {
    return ordersSchema.parse(JSON.parse(await readText(path)))
  } catch {
    return null
  }
}
