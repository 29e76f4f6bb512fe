import { EdgeLabError } from '../../errors.ts'
import { readText, UnreadableFile } from '../../text-file.ts'

/** The text of a file that was named on the command line. Throws EdgeLabError `fileUnreadable`. */
export async function textOf(file: string): Promise<string> {
  try {
    return await readText(file)
  } catch (cause) {
    if (!(cause instanceof UnreadableFile)) throw cause
    throw new EdgeLabError('fileUnreadable', { path: file, why: cause.message }, { cause })
  }
}
