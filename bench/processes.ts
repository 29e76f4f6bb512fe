/** Processes of the benchmark: pinned to a core, their CPU time read, all ended with the benchmark. */
import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What is measured against has one core, what is measured the other. */
export const originCore = 0
export const clientCore = 1

export const repository = join(import.meta.dirname, '..')
export const driverProgram = join(repository, 'dist/programs/driver.mjs')

const started = new Set<ChildProcess>()

/** Starts a command on one core. It ends with the benchmark at the latest. */
export function startPinned(core: number, command: string, args: readonly string[], environment = {}): ChildProcess {
  return endsWithBenchmark(
    spawn('taskset', ['-c', String(core), command, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    }),
  )
}

/** Whatever ends the benchmark ends this process too. */
export function endsWithBenchmark<Child extends ChildProcess>(child: Child): Child {
  started.add(child)
  child.on('exit', () => started.delete(child))
  return child
}

/** Runs a command on one core to its end and returns what it wrote. */
export async function runPinned(core: number, command: string, args: readonly string[]): Promise<string> {
  const child = startPinned(core, command, args)
  let output = ''
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`)
  return output
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exited
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL')
})

export function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** CPU time of all threads so far, microseconds: user and system, to the nanosecond (proc_pid_schedstat). */
export function cpuUs(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`)
  const ns = tasks.map((task) => Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]))
  return ns.reduce((sum, each) => sum + each, 0) / 1000
}
