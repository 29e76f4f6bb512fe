/** What the cache of one system did. */
import type { BurstPhase } from '../../../../scenario/scenario.ts'
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { plural, type Said } from '../../../blocks.ts'
import type { Row } from './row.ts'

export function saidOf(row: Row, bursts: readonly BurstPhase[]): Said {
  const { label } = row
  if (row.asked === 0) return { label, says: 'answered nothing, so there is nothing to say of a cache.' }
  if (!row.cached) {
    return {
      label,
      says: `kept nothing: the origin saw ${formatNumber(row.origin)} of ${formatNumber(row.asked)} requests.`,
    }
  }
  const together = bursts.reduce((sum, { atOnce }) => sum + atOnce, 0)
  return {
    label,
    says:
      `${row.emulated || !row.tells ? 'kept answers;' : `${timesOf(row)};`} the origin saw ` +
      `${formatNumber(row.origin)} of ${formatNumber(row.asked)} requests (${formatShare(row.offload)} spared).` +
      (bursts.length > 0
        ? ` Of ${together} requests at once for something new, the origin saw ${plural(Math.round(row.stampede), 'request')}${Number.isFinite(row.waitMs) ? `; half of them waited ${formatMs(row.waitMs)} or more` : ''}.`
        : '') +
      (hasQueued(row) ? ' So slow a hit has queued: here the times say little about the cache, its counts stand.' : ''),
  }
}

/** What a hit and a miss took, as far as there were any. */
function timesOf({ hitMs, missMs }: Row): string {
  const [hit, miss] = [Number.isFinite(hitMs), Number.isFinite(missMs)]
  if (hit && miss) return `answered a hit in ${formatMs(hitMs)} where a miss took ${formatMs(missMs)}`
  if (hit) return `answered every steady request from its cache, in ${formatMs(hitMs)}`
  return miss
    ? `answered no steady request from its cache; a miss took ${formatMs(missMs)}`
    : 'served no steady request'
}

/** Memory answers in far less than that: the system, or the machine, had too much to do. */
function hasQueued({ hitMs, missMs }: Row): boolean {
  return hitMs >= 100 && hitMs >= missMs / 2
}
