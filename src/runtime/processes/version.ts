/** What a binary says of its version. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Launch } from '../../systems/system.ts'
import { cleanEnvironment } from '../machine/environment.ts'

const run = promisify(execFile)

/** `nginx/1.26.3`; null where it does not say. */
export async function versionOf({ version, executable }: Launch, file: string): Promise<string | null> {
  if (executable.kind === 'program') return `Node ${process.versions.node}`
  if (!version) return null
  const { stdout, stderr } = await run(file, [...version.args], { timeout: 5000, env: cleanEnvironment() }).catch(
    () => ({ stdout: '', stderr: '' }),
  )
  return version.pattern.exec(stdout + stderr)?.[0] ?? null
}
