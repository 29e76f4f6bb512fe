import { goal, table } from '../table.ts'
import { playRoom } from './play.ts'

/** What a workshop must bear: a room of real participants loses nothing, and nothing is taken down twice. */
export async function benchRoom(participants: number, cutMs: number): Promise<void> {
  const { faults, atKill, inTheEnd, reports, ms } = await playRoom({ participants, cutMs })
  table(
    ['participants', 'had answered when the host was killed', 'in the end', 'reports', 'took'],
    [[String(participants), String(atKill), String(inTheEnd), String(reports), `${(ms / 1000).toFixed(0)} s`]],
  )
  goal(
    faults.length === 0 ? 'every answer once and only once' : faults.join('; '),
    `host killed with -9, everybody cut off for ${cutMs / 1000} s`,
    faults.length === 0 && atKill < participants,
  )
}
