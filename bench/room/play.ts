/**
 * A room of real processes through the first predictions of lab 1: half of it is cut off from the host when the rest may
 * answer; the host is killed and started again in the middle of that; then the other half is cut off; one participant is
 * killed, too, and comes back. What the host has in the end is held against what was answered.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { PredictStep } from '../../src/labs/file/lab.ts'
import { labNamed } from '../../src/labs/file/library.ts'
import { questionsOf } from '../../src/labs/session/questions.ts'
import { freePort } from '../../src/workshop/host/addresses.ts'
import { until } from '../../test/until.ts'
import { answersTo, type Journal, readJournal, repeated } from './journal.ts'
import { ended, kill, type Participant, startHostProcess, startParticipant, tell } from './processes-of-room.ts'
import { openRelay, type Relay } from './relay.ts'

export interface Room {
  readonly participants: number
  readonly cutMs: number
}

export interface Outcome {
  /** What was not as it must be, a sentence each. */
  readonly faults: readonly string[]
  /** Participants whose answers the host had when it was killed, and in the end. */
  readonly atKill: number
  readonly inTheEnd: number
  readonly reports: number
  readonly ms: number
}

const patienceMs = 120_000

export async function playRoom({ participants, cutMs }: Room): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'room-'))
  const hostHome = join(folder, 'host')
  const started = performance.now()
  const lab = await labNamed('1')
  const guess = lab.steps.find((step) => step.type === 'predict')!
  const before = lab.steps[lab.steps.indexOf(guess) - 1]!
  const listen = ['--listen', '127.0.0.1']
  const port = await freePort('127.0.0.1', 0)
  let host = await startHostProcess(hostHome, ['--lab', '1', '--port', String(port), ...listen])
  const people = await Promise.all(
    Array.from({ length: participants }, async (_, at) => {
      const relay = await openRelay(host.port, `127.0.1.${at + 1}`)
      const home = join(folder, `home-${at}`)
      await mkdir(home)
      const answers = join(folder, `answers-${at}.yaml`)
      await writeFile(answers, answersOf(guess, at))
      const playing = ['--answers', answers, '--until', guess.id]
      const joining = [`127.0.0.1:${relay.port}`, host.code, '--passcode', host.passcode, '--name', nameOf(at)]
      return { relay, home, playing, joining }
    }),
  )
  const running: Participant[] = []
  try {
    // The last one is there before the room is held, and gone at the first question: where it goes on without the host,
    // nobody holds it.
    const last = people.at(-1)!
    const early = startParticipant(last.home, [...last.joining, '--plain'])
    await ended(early.child).finally(() => kill(early))
    await tell(hostHome, ['pause', `${lab.id}/${before.id}`])
    running.push(
      ...people.slice(0, -1).map(({ home, joining, playing }) => startParticipant(home, [...joining, ...playing])),
    )
    const journal = (what: string, wanted: (seen: Journal) => boolean): Promise<Journal> => {
      const look = (): Promise<Journal> => {
        const gone = running.find(({ child }) => child.exitCode !== null && child.exitCode !== 0)
        if (gone) throw new Error(`A participant has ended with ${gone.child.exitCode}:\n${gone.said()}`)
        return readJournal(hostHome)
      }
      return until(what, look, wanted, patienceMs)
    }
    await journal('everybody is there and held', ({ reports }) => reporting(reports, before.id) === participants)

    const half = people.slice(participants >> 1)
    const rest = people.slice(0, participants >> 1)
    const cutAt = performance.now()
    await cutOff(half)
    await tell(hostHome, ['release'])
    const atKill = await journal('the first answer is there', (seen) => answersTo(guess.id, seen).size > 0)
    await kill(host)
    host = await startHostProcess(hostHome, listen)
    await cutOff(rest)
    const restCutAt = performance.now()

    // The last one comes back while it is cut off, and is killed when only its own disk has the answers.
    const comeBack = (): Participant => startParticipant(last.home, last.playing)
    const answering = comeBack()
    await until('it has answered', () => outboxOf(last.home, host.code), hasAnswers, patienceMs).finally(() =>
      kill(answering),
    )
    running.push(comeBack())
    await mended(half, cutAt + cutMs)
    await mended(rest, restCutAt + cutMs)

    const end = setTimeout(() => {
      for (const { child } of running) child.kill('SIGKILL')
    }, patienceMs)
    const codes = await Promise.all(running.map(({ child }) => ended(child)))
    clearTimeout(end)
    const failed = codes.flatMap((code, at) =>
      code === 0 ? [] : [`${nameOf(at)} ended with ${code}: ${running[at]!.said().slice(-400)}`],
    )
    const seen = await readJournal(hostHome)
    return {
      faults: [...failed, ...faultsIn(seen, guess, participants)],
      atKill: answersTo(guess.id, atKill).size,
      inTheEnd: answersTo(guess.id, seen).size,
      reports: seen.reports.length,
      ms: performance.now() - started,
    }
  } finally {
    await Promise.all([host, ...running].map(kill))
    await Promise.all(people.map(({ relay }) => relay.close()))
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

function faultsIn(journal: Journal, guess: PredictStep, participants: number): readonly string[] {
  const answered = answersTo(guess.id, journal)
  const each = Array.from({ length: participants }, (_, at) => {
    const name = nameOf(at)
    const reports = answered.get(name) ?? []
    if (reports.length !== 1) return `${name} was taken down ${reports.length} times`
    const { answers } = reports[0]!
    const wanted = valuesOf(guess, at)
    return JSON.stringify(answers) === JSON.stringify(wanted)
      ? ''
      : `${name} answered ${JSON.stringify(wanted)}; the host has ${JSON.stringify(answers)}`
  })
  const strangers = [...answered.keys()].filter((name) => !each.some((_, at) => nameOf(at) === name))
  return [
    ...each.filter((fault) => fault !== ''),
    ...strangers.map((name) => `nobody is called ${name}`),
    ...repeated(journal).map((key) => `the report ${key} was taken down twice`),
    ...(journal.names.size === participants ? [] : [`${journal.names.size} joined, not ${participants}`]),
  ]
}

interface Connected {
  readonly relay: Relay
}

async function cutOff(people: readonly Connected[]): Promise<void> {
  await Promise.all(people.map(({ relay }) => relay.cut()))
}

/** Not before that moment. */
async function mended(people: readonly Connected[], at: number): Promise<void> {
  await pause(Math.max(0, at - performance.now()))
  await Promise.all(people.map(({ relay }) => relay.mend()))
}

function reporting(reports: Journal['reports'], step: string): number {
  return new Set(reports.filter((each) => each.step === step).map(({ participant }) => participant)).size
}

/** Empty while there is none. */
function outboxOf(home: string, code: string): Promise<string> {
  return readFile(join(home, 'joined', code, 'outbox.json'), 'utf8').catch(() => '')
}

function hasAnswers(outbox: string): boolean {
  return outbox.includes('"answers":{"')
}

const nameOf = (at: number): string => `Participant ${at + 1}`

/** Different ones for each participant. */
function valuesOf(guess: PredictStep, at: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    questionsOf(guess).map((asked) => [
      asked.key,
      asked.kind === 'choice' ? asked.options[at % asked.options.length]!.id : String(10 + at),
    ]),
  )
}

function answersOf(guess: PredictStep, at: number): string {
  const questions = questionsOf(guess).map(({ key }) => key)
  const values = valuesOf(guess, at)
  const nested: Record<string, unknown> = guess.confidence ? { confidence: ['guess', 'fairly', 'very'][at % 3] } : {}
  for (const key of questions) {
    const [question, role] = key.split('.') as [string, string?]
    if (role === undefined) nested[question] = values[key]
    else nested[question] = { ...(nested[question] as object | undefined), [role]: values[key] }
  }
  // JSON is YAML.
  return JSON.stringify({ [guess.id]: nested })
}
