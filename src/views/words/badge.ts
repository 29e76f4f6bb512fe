/** What has to be known of a run, or of one finding, before any figure is believed: a word that stands out, and a sentence. */
import type { Finding } from '../../comparison/finding.ts'
import type { RunRecord } from '../../measurement/run-record.ts'
import { worth } from './conditions.ts'

export interface Badge {
  /** `A look, not evidence`, `Doubtful`; empty where the sentence has no such beginning. */
  readonly word: string
  /** The rest of the sentence. */
  readonly text: string
  /** warning: figures are not to be relied on. */
  readonly tone: 'plain' | 'warning'
}

export function badgesOfRun(record: RunRecord): readonly Badge[] {
  return worth(record).map(badgeFrom)
}

export function badgeOfFinding({ doubtful }: Pick<Finding, 'doubtful'>): Badge | undefined {
  return doubtful === undefined ? undefined : { ...badgeFrom(doubtful), tone: 'warning' }
}

/** The sentences begin with their word and a colon. */
function badgeFrom(sentence: string): Badge {
  const [, word, text] = /^([A-Z][\w ,]{1,30}): (.+)$/s.exec(sentence) ?? []
  if (word === undefined || text === undefined) return { word: '', text: sentence, tone: 'plain' }
  return { word, text, tone: word === 'Evidence' ? 'plain' : 'warning' }
}
