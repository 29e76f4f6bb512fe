// Whether all that EdgeLab needs of npm is there, and how what is missing gets there. Plain JavaScript for Node 20: it
// runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Runs a step quietly. Returns what it printed where it failed; null where it was done. */
export function attempt(root, says, command, args) {
  process.stderr.write(`${says} …\n`)
  // npm is a script on Windows; the arguments are all ours.
  const shell = process.platform === 'win32'
  const done = spawnSync(shell ? `"${command}"` : command, args, { cwd: root, encoding: 'utf8', shell })
  if (done.status === 0) return null
  return `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`
}

/** The pinned Node: what everything but the launcher runs in. */
export function pinnedNode(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/** npm writes this file last: it is as new as the installation. 0 where there is none, or only a part of one. */
export function installedAt(root) {
  const file = join(root, 'node_modules', '.package-lock.json')
  return existsSync(file) ? statSync(file).mtimeMs : 0
}

/** What is missing, in words; empty where nothing is. */
export function missingParts(root) {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const packages = Object.keys(dependencies).filter(
    (name) => !existsSync(join(root, 'node_modules', name, 'package.json')),
  )
  // Not in its package: a script of that puts it there, and with ignore-scripts no script runs.
  const node = existsSync(pinnedNode(root)) ? [] : ['the pinned Node']
  return [...packages, ...node]
}

/** Installs what is missing or older than the lockfile. Returns why that failed; null where all is there. */
export function install(root, { fromTheStart = false } = {}) {
  const lockfile = statSync(join(root, 'package-lock.json')).mtimeMs
  const missing = missingParts(root)
  const isWhole = installedAt(root) >= lockfile && missing.length === 0
  if (isWhole && !fromTheStart) return null
  // By this file npm believes to know what is there: without it, it looks, and fetches again what it is not sure of.
  if (missing.some((part) => part !== 'the pinned Node') || fromTheStart) {
    rmSync(join(root, 'node_modules', '.package-lock.json'), { force: true })
  }
  if (installedAt(root) < lockfile) {
    // Not `npm ci`: it refuses a lockfile made where the binaries of other platforms could not be had. This keeps to the
    // lockfile's versions all the same, and to the exact ones of package.json.
    const args = ['install', '--no-save', '--no-audit', '--no-fund']
    const failed = attempt(root, 'Installing the packages of EdgeLab (once)', 'npm', args)
    if (failed !== null) return failed
  }
  if (!existsSync(pinnedNode(root))) {
    const args = ['rebuild', '--ignore-scripts=false', 'node']
    const failed = attempt(root, 'Completing the installation: the pinned Node', 'npm', args)
    if (failed !== null) return failed
  }
  const left = missingParts(root)
  return left.length === 0 ? null : `Still missing after npm was done: ${left.join(', ')}.\n`
}

/** Whether a build failed for want of a package, or of a part of one, and not by a mistake in a source. */
export function isForWantOfPackages(output) {
  return /ERR_MODULE_NOT_FOUND|Cannot find (module|package)|Could not resolve "[^./]|for another platform|could not be found, and is needed|ENOENT|EACCES|ENOEXEC|Exec format/.test(
    output,
  )
}
