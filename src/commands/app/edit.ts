/** A file in the learner's editor. */
import { spawn } from 'node:child_process'
import { findBinary } from '../../runtime/processes/binaries.ts'

/**
 * Waits until the editor is closed. Tries VISUAL, EDITOR, then editors on PATH; false where none was found or it did
 * not start.
 */
export function edit(file: string, env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const named = env['VISUAL'] || env['EDITOR'] || findBinary(['nano', 'vim', 'vi'])
  // `code --wait` is one, with an argument.
  const [command, ...args] = named?.split(/\s+/).filter((part) => part !== '') ?? []
  if (command === undefined) return Promise.resolve(false)
  return new Promise((resolve) => {
    const child = spawn(command, [...args, file], { stdio: 'inherit' })
    child.once('error', () => resolve(false))
    child.once('exit', () => resolve(true))
  })
}
