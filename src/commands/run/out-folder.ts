/** The folder that a user named for a run: a run that lies in it already is not written over unasked. */
import { EdgeLabError } from '../../errors.ts'
import { holdsRun } from '../../measurement/store/store.ts'
import { agrees } from '../../views/linear/dialogue.ts'
import { isInteractive } from '../app/app.ts'
import { openDialogue } from '../app/linear.ts'

/**
 * Asks on a terminal. What is there stays until the new run is saved. Throws EdgeLabError `runThere` where nobody can be
 * asked or the answer is no, and `interrupted`.
 */
export async function agreeToReplace(folder: string, { json }: { readonly json?: boolean }): Promise<void> {
  if (!(await holdsRun(folder))) return
  if (json || !isInteractive()) throw new EdgeLabError('runThere', { path: folder })
  const dialogue = openDialogue()
  try {
    const agreed = await agrees(dialogue, `${folder} holds a run. Replace it when the new one is measured?`)
    if (dialogue.interrupted()) throw new EdgeLabError('interrupted')
    if (!agreed) throw new EdgeLabError('runThere', { path: folder })
  } finally {
    dialogue.close()
  }
}
