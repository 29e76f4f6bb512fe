/** The text files below a folder, without links and without the temporary files of editors. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readPlainText, whyUnreadable } from '../../text-file.ts'

export interface PlainFiles {
  /** In order of their paths below the folder, `/` between segments. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** Entries that cannot be used, with the reason. */
  readonly refused: readonly { readonly path: string; readonly message: string }[]
}

const maxBytes = 256 * 1024

/** Rejects with the system's error where the folder itself cannot be read. */
export async function readPlainFiles(folder: string): Promise<PlainFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files: { path: string; text: string }[] = []
  const refused: { path: string; message: string }[] = []
  for (const entry of entries) {
    const whole = join(entry.parentPath, entry.name)
    const path = whole.slice(join(folder, '/').length).replaceAll('\\', '/')
    if (entry.isDirectory() || isHidden(path)) continue
    const read = entry.isFile()
      ? await readPlain(whole)
      : { problem: 'only plain files are used: this one leads elsewhere' }
    if (read && 'text' in read) files.push({ path, text: read.text })
    else if (read) refused.push({ path, message: read.problem })
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), refused }
}

type Read = { readonly text: string } | { readonly problem: string }

/** One text file, by whatever path; or why it cannot be used, as a clause. */
export async function readPlainFile(path: string): Promise<Read> {
  return (await readOne(path)).read
}

/** `code`: the system's, where it refused. */
async function readOne(path: string): Promise<{ readonly read: Read; readonly code?: string | undefined }> {
  try {
    if ((await stat(path)).size > maxBytes) return { read: { problem: 'it is larger than 256 KB' } }
    return { read: { text: await readPlainText(path) } }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    return { read: { problem: `it cannot be read: ${whyUnreadable(cause)}` }, code }
  }
}

/** undefined: it disappeared meanwhile, as the files do by which editors test whether a folder is writable. */
async function readPlain(path: string): Promise<Read | undefined> {
  const { read, code } = await readOne(path)
  return code === 'ENOENT' ? undefined : read
}

/** Swap files, backup files and `.git` belong to editors and version control. */
function isHidden(path: string): boolean {
  return path.endsWith('~') || path.split('/').some((part) => part.startsWith('.'))
}
