#!/usr/bin/env node
// The launcher, for any Node from 20 on: installs and builds where that is needed, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [major] = process.versions.node.split('.').map(Number)
if (major < 20) {
  process.stderr.write(`EdgeLab needs Node 20 or newer to start; this is ${process.versions.node}.\n`)
  process.exit(3)
}

const modified = (path) => (existsSync(join(root, path)) ? statSync(join(root, path)).mtimeMs : 0)

/** Runs a step quietly; what it printed is shown only when it fails. */
function step(says, command, args) {
  process.stderr.write(`${says} …\n`)
  // npm is a script on Windows; the arguments are all ours.
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' })
  if (done.status === 0) return
  process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}\n${says}: failed.\n`)
  process.exit(3)
}

// npm writes this file last: it is as new as the installation.
const installed = modified('node_modules/.package-lock.json')
if (installed < modified('package-lock.json')) {
  // Not `npm ci`: it refuses a lockfile made where the binaries of other platforms could not be had. This keeps to the
  // lockfile's versions all the same, and to the exact ones of package.json.
  step('Installing the packages of EdgeLab (once)', 'npm', ['install', '--no-save', '--no-audit', '--no-fund'])
}

const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
/** When the newest file below a folder was modified. Some hundred files at every start: asked for as little as possible. */
const newestIn = (folder) => {
  let newest = statSync(folder).mtimeMs
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    newest = Math.max(newest, entry.isDirectory() ? newestIn(path) : statSync(path).mtimeMs)
  }
  return newest
}
const newestSource = Math.max(modified('build.mjs'), newestIn(join(root, 'src')))
if (modified('dist/built-at') < Math.max(newestSource, installed)) step('Building EdgeLab', node, ['build.mjs'])

const args = process.argv.slice(2)
if (args[0] !== '--prepare') {
  const child = spawn(node, [join(root, 'dist', 'cli.js'), ...args], {
    // Its end tells the child that this process is gone, killed perhaps.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { NODE_COMPILE_CACHE: join(root, 'dist', 'cache'), ...process.env },
  })
  // A terminal sends Ctrl-C to the whole group; other senders reach only this process. Either way the child decides.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  // Killed, it can no longer give back the screen that it had taken.
  let screenTaken = false
  child.on('message', (message) => {
    screenTaken = message === 'screen taken'
  })
  child.on('exit', (code, signal) => {
    if (screenTaken && signal) {
      process.stdout.write('\x1b[?1049l\x1b[?25h\x1b[?7h')
      spawnSync('stty', ['sane'], { stdio: ['inherit', 'ignore', 'ignore'] })
    }
    process.exit(code ?? (signal === 'SIGINT' ? 130 : 1))
  })
}
