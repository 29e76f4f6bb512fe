import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DecisionDocument } from '../../../comparison/findings/choice/decision/document.ts'
import { EdgeLabError } from '../../../errors.ts'
import { replaceWhole } from '../../../measurement/store/whole-file.ts'
import { whyUnwritable } from '../../../text-file.ts'
import { renderDecision } from '../../../views/html/decision.tsx'
import { decisionMarkdown } from '../../../views/text/summary/decision-markdown.ts'

/** Writes decision.md and decision.html, with other texts by name, and returns the paths. Throws EdgeLabError `folderUnwritable`. */
export async function saveDecision(
  folder: string,
  document: DecisionDocument,
  others: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const files = {
    'decision.md': decisionMarkdown(document),
    'decision.html': await renderDecision(document),
    ...others,
  }
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    try {
      await mkdir(folder, { recursive: true })
      await replaceWhole(path, text)
    } catch (cause) {
      throw new EdgeLabError('folderUnwritable', { path, why: whyUnwritable(cause) }, { cause })
    }
  }
  return Object.keys(files).map((name) => join(folder, name))
}
