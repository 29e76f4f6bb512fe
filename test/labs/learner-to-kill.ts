/** Saves one progress after another and says which one is on disk, until it is killed. EDGELAB_HOME names the home. */

import { freshStep } from '../../src/labs/progress/progress.ts'
import { saveProgress } from '../../src/labs/progress/progress-store.ts'
import { freshProgress } from './sample-lab.ts'

// Long enough that a write takes more than one call.
const padding = 'x'.repeat(300_000)
for (let count = 1; ; count += 1) {
  const answers = { seen: String(count), padding }
  await saveProgress({ ...freshProgress, steps: { guess: { ...freshStep, answers } } })
  process.stdout.write(`${count}\n`)
}
