/** A past run in few words, for lists. */
import type { RunOutline } from '../../measurement/store/run-list.ts'

/** How long ago, as people say it: `just now`, `2 minutes ago`, `3 days ago`. */
export function ageOf(iso: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(iso)) / 60_000)
  if (!Number.isFinite(minutes)) return 'at an unknown time'
  if (minutes < 1) return 'just now'
  if (minutes < 60) return ago(minutes, 'minute')
  if (minutes < 24 * 60) return ago(Math.floor(minutes / 60), 'hour')
  return ago(Math.floor(minutes / 60 / 24), 'day')
}

function ago(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`
}

/** `caching, rate-limit` */
export function scenariosOf({ scenarios }: RunOutline): string {
  return scenarios.map(({ scenario }) => scenario.id).join(', ')
}

/** What was measured, each system once: `nginx, node-gateway`. Without `direct`, which is in every run. */
export function systemsOf({ scenarios }: RunOutline): string {
  const measured = scenarios.flatMap(({ subjects }) => subjects.filter(({ state }) => state === 'measured'))
  return [...new Set(measured.map(({ system }) => system))].filter((system) => system !== 'direct').join(', ')
}
