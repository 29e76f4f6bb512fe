/** What is written of a room, by name. */
import type { Lab } from '../../../labs/file/lab.ts'
import { version } from '../../../package-root.ts'
import { renderRoomHtml } from '../../../views/html/workshop/room-report.tsx'
import { roomCsv } from '../../../views/text/workshop/csv.ts'
import type { Room } from '../../../workshop/room/room.ts'
import { withoutNames } from '../../../workshop/summary/names.ts'
import { roomReport } from '../../../workshop/summary/report.ts'

export type ExportFormat = 'csv' | 'json' | 'html'

export interface ExportOptions {
  readonly formats: readonly ExportFormat[]
  readonly hasNames: boolean
  readonly now: Date
}

export async function roomFiles(
  room: Room,
  labs: readonly Lab[],
  { formats, hasNames, now }: ExportOptions,
): Promise<Readonly<Record<string, string>>> {
  const shown = hasNames ? room : withoutNames(room)
  const report = roomReport(shown, labs)
  const page = { report, edgelab: version, madeAt: now.toISOString(), hasNames }
  return {
    ...(formats.includes('csv') ? roomCsv(shown, labs) : {}),
    ...(formats.includes('json')
      ? { 'room.json': `${JSON.stringify({ formatVersion: 1, ...report }, null, 2)}\n` }
      : {}),
    ...(formats.includes('html') ? { 'room.html': await renderRoomHtml(page) } : {}),
  }
}
