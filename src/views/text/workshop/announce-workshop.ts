/** A workshop as appended lines: whatever changes is said once. */
import { workshopNews } from '../../../workshop/participant/news.ts'
import type { Participation, ParticipationState } from '../../../workshop/participant/participation.ts'
import { shown, type TextOptions, wrapped } from '../style.ts'

/** Says how it stands and then every change; returns what ends it. */
export function announceWorkshop(
  { labs, state, subscribe }: Pick<Participation, 'labs' | 'state' | 'subscribe'>,
  print: (lines: readonly string[]) => void,
  options: TextOptions,
): () => void {
  let before: ParticipationState | null = null
  const look = (): void => {
    const now = state()
    const said = workshopNews(before, now, labs)
    before = now
    if (said.length > 0) print(said.flatMap((text) => wrapped(shown(text, options), options)))
  }
  look()
  return subscribe(look)
}
