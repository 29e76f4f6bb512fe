#!/usr/bin/env node
// The launcher, for any Node from 20 on: installs and builds where that is needed, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { attempt, install, installedAt, isForWantOfPackages, pinnedNode } from './installation.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [major] = process.versions.node.split('.').map(Number)
if (major < 20) {
  process.stderr.write(`EdgeLab needs Node 20 or newer to start; this is ${process.versions.node}.\n`)
  process.exit(3)
}

// Where standard error is gone, the exit code still says it.
process.stderr.on('error', () => undefined)

/** Ends the process where a step failed, with what it printed and what can be done. */
function demand(failed, says, advice = '') {
  if (failed === null) return
  process.stderr.write(`${failed}\n${says}: failed.\n${advice}`)
  process.exit(3)
}

const installAdvice =
  'npm needs the network for it. To begin anew, remove the folder node_modules; without a network, copy that folder from a\n' +
  'machine of the same kind where EdgeLab runs.\n'
demand(install(root), 'Installing EdgeLab', installAdvice)

const node = pinnedNode(root)
const modified = (path) => (existsSync(join(root, path)) ? statSync(join(root, path)).mtimeMs : 0)
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
if (modified('dist/built-at') < Math.max(newestSource, installedAt(root))) {
  const build = () => attempt(root, 'Building EdgeLab', node, ['build.mjs'])
  let failed = build()
  // An installation that was interrupted may look whole from outside.
  if (failed !== null && isForWantOfPackages(failed)) {
    process.stderr.write('The installation is not whole.\n')
    demand(install(root, { fromTheStart: true }), 'Installing EdgeLab', installAdvice)
    failed = build()
  }
  demand(failed, 'Building EdgeLab')
}

const args = process.argv.slice(2)
/** What was typed to come here, by the variables that npm sets for scripts and for npx; empty: the program itself. */
const calledBy = () => {
  const { npm_package_name, npm_lifecycle_event, npm_lifecycle_script } = process.env
  if (npm_lifecycle_event === 'start' && npm_package_name === 'edgelab') return 'npm start --'
  return npm_lifecycle_event === 'npx' && /^['"]?edgelab\b/.test(npm_lifecycle_script ?? '') ? 'npx edgelab' : ''
}
if (args[0] !== '--prepare') {
  const child = spawn(node, [join(root, 'dist', 'cli.js'), ...args], {
    // Its end tells the child that this process is gone, killed perhaps.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { NODE_COMPILE_CACHE: join(root, 'dist', 'cache'), ...process.env, EDGELAB_CALLED_BY: calledBy() },
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
  child.on('error', (error) => demand(`${node}: ${error.message}`, 'Starting EdgeLab'))
  child.on('exit', (code, signal) => {
    if (screenTaken && signal) {
      process.stdout.write('\x1b[?1049l\x1b[?25h\x1b[?7h')
      spawnSync('stty', ['sane'], { stdio: ['inherit', 'ignore', 'ignore'] })
    }
    process.exit(code ?? (signal === 'SIGINT' ? 130 : 1))
  })
}
