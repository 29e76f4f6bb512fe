/** Words for a room, so that screen, page and report say the same. */
import type { Person } from '../../../workshop/summary/people.ts'

/** `45 s`, `12 min`, `1 h 05`: how long something took or lasts, for people who glance at it. */
export function shortTime(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
}

/** `16:05`, by the clock of this machine; empty for no time. */
export function clockTime(iso: string | null): string {
  if (iso === null) return ''
  const time = new Date(iso)
  return [time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
}

/** What somebody is doing, in a dozen letters. */
export function stateWords({ state, forMs }: Pick<Person, 'state' | 'forMs'>): string {
  switch (state) {
    case 'joined':
      return 'not begun'
    case 'working':
      return shortTime(forMs)
    case 'stuck':
      return `stuck ${shortTime(forMs)}`
    case 'waiting':
      return 'at the pause'
    case 'finished':
      return 'finished'
    case 'away':
      return `away ${shortTime(forMs)}`
    default:
      return state satisfies never
  }
}

export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`
}
