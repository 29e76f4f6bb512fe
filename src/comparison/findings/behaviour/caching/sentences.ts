/** What the cache of one system did. */
import { formatMs, formatNumber, formatShare } from '../../../../units.ts'
import { plural, type Said } from '../../../blocks.ts'
import { together } from './bursts.ts'
import type { Row } from './row.ts'

export function saidOf(row: Row): Said {
  const { label } = row
  if (row.asked === 0) return { label, says: 'answered nothing, so there is nothing to say of a cache.' }
  if (!row.cached) {
    return {
      label,
      says: `kept nothing: the origin saw ${formatNumber(row.origin)} of ${formatNumber(row.asked)} requests.`,
    }
  }
  return {
    label,
    says:
      `${timesOf(row)}; the origin saw ` +
      `${formatNumber(row.origin)} of ${formatNumber(row.asked)} requests (${formatShare(row.offload)} spared).` +
      burstWords(row) +
      (hasQueued(row) ? ' So slow a hit has queued: here the times say little about the cache, its counts stand.' : ''),
  }
}

function burstWords({ bursts, stampede }: Row): string {
  const expired = together(bursts, 'expired')
  const unkept = together(bursts, 'unkept')
  const seen = (hits: number): string =>
    Number.isFinite(hits) ? `the origin saw ${plural(Math.round(hits), 'request')}` : 'all had their answers'
  const waited = (halfMs: number): string =>
    Number.isFinite(halfMs) ? `; half of them waited ${formatMs(halfMs)} or more` : ''
  return [
    stampede
      ? ` Of ${stampede.atOnce} requests at once for something new, ${seen(stampede.origin)}${waited(stampede.halfMs)}.`
      : '',
    expired
      ? ` Of ${expired.atOnce} for something that had expired, ${seen(expired.origin)}${waited(expired.halfMs)}.`
      : '',
    unkept && Number.isFinite(unkept.longestMs)
      ? ` Of ${unkept.atOnce} for something that must not be kept, the last had its answer after ${formatMs(unkept.longestMs)}.`
      : '',
  ].join('')
}

/** What a hit and a miss took, as far as there were any. */
function timesOf({ hitMs, missMs }: Row): string {
  const [hit, miss] = [Number.isFinite(hitMs), Number.isFinite(missMs)]
  if (hit && miss) return `answered a hit in ${formatMs(hitMs)} where a miss took ${formatMs(missMs)}`
  if (hit) return `answered every steady request from its cache, in ${formatMs(hitMs)}`
  return miss ? `answered no steady request from its cache; a miss took ${formatMs(missMs)}` : 'kept answers'
}

/** Memory answers in far less than that: the system, or the machine, had too much to do. */
function hasQueued({ hitMs, missMs }: Row): boolean {
  return hitMs >= 100 && hitMs >= missMs / 2
}
