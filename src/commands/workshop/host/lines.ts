/** A host in lines: what happens is appended, what is typed is done. */
import { createInterface } from 'node:readline'
import { EdgeLabError } from '../../../errors.ts'
import type { Lab } from '../../../labs/file/lab.ts'
import { happened, type Stuck, stuck, stuckAnew } from '../../../views/linear/workshop/happened.ts'
import { refusalLines, whoLines } from '../../../views/linear/workshop/who.ts'
import { renderError } from '../../../views/text/error.ts'
import { shown } from '../../../views/text/style.ts'
import { clockTime } from '../../../views/text/workshop/words.ts'
import type { Host } from '../../../workshop/room/room.ts'
import { print, terminal } from '../../output.ts'
import { changes } from './facilitator-words.ts'

const lookEveryMs = 10_000

/** Until the signal is aborted; the end of the input ends nothing. */
export async function hostInLines(host: Host, labs: readonly Lab[], signal: AbortSignal): Promise<void> {
  const looks = terminal(process.stdout)
  const say = (lines: readonly string[]): void => {
    for (const line of lines) print(shown(line, looks))
  }
  const sayNow = (lines: readonly string[]): void => {
    const time = clockTime(new Date().toISOString())
    say(lines.map((line) => `${time}  ${line}`))
  }

  say([...welcome(host, labs), ''])
  let seen = host.room()
  const unsubscribe = host.subscribe(() => {
    const now = host.room()
    sayNow(happened(seen, now, labs))
    seen = now
  })
  const toldStuck = new Map<string, Stuck>()
  let refusedBefore = 0
  const looking = setInterval(() => {
    sayNow(stuckAnew(stuck(host.room(), labs, new Date()), toldStuck).map(({ line }) => line))
    const { byReason, last } = host.refusals()
    const refused = Object.values(byReason).reduce((sum, count) => sum + count, 0)
    const newest = last.at(-1)
    if (refused > refusedBefore && newest) {
      const count = refused - refusedBefore === 1 ? '1 request was' : `${refused - refusedBefore} requests were`
      sayNow([`${count} refused, the last one of ${newest.from}: ${newest.reason}. “refused” shows more.`])
    }
    refusedBefore = refused
  }, lookEveryMs)
  const reader = createInterface({ input: process.stdin, terminal: false })
  reader.on('line', (line) => {
    typed(host, labs, line).then(say, (error) => {
      if (!(error instanceof EdgeLabError)) throw error
      print(renderError(error, looks))
    })
  })
  try {
    await aborted(signal)
  } finally {
    clearInterval(looking)
    unsubscribe()
    reader.close()
  }
}

/** Resolves with what there is to say about it; changes are told as they happen. */
async function typed(host: Host, labs: readonly Lab[], line: string): Promise<readonly string[]> {
  const [verb = '', ...words] = line.trim().split(/\s+/)
  if (verb === '') return []
  if (verb === 'who') return whoLines(host.room(), labs, new Date())
  if (verb === 'refused') return refusalLines(host)
  if (verb === 'help') return help
  const change = Object.hasOwn(changes, verb) ? changes[verb] : undefined
  if (!change) throw new EdgeLabError('notNow', { why: `“${verb}” is nothing that can be typed here.`, hint: 'help' })
  const { participants } = host.room()
  await host.order(change(words, { labs, participants, now: new Date() }))
  return []
}

const help = [
  'say Five minutes to go   show a message on everybody’s screen',
  'pause guess              let nobody go beyond this step; one-hop/guess if several labs have it',
  'release                  let everybody go on',
  'end 15:30                set the end time, which everybody sees; end open removes it',
  'end now                  end the workshop: nothing more is accepted',
  'show guess/address       show this question on the projector; show join: how to join',
  'reveal, hide             show the room’s results on the projector, or hide them',
  'who                      list everybody, with their numbers and where they are',
  'remove Ada, remove #3    remove a participant, with all answers; they are told',
  'refused                  list the requests that were refused, and why',
  'Ctrl-C                   leave; everything is kept',
]

function welcome({ room, joinLines, passcode, listens, goesOn, page }: Host, labs: readonly Lab[]): readonly string[] {
  const { workshop, participants, orders } = room()
  const ofLabs = labs.map(({ number, title }) => `lab ${number}, ${title}`).join(' · ')
  const before = `It goes on where it was: begun at ${clockTime(workshop.startedAt)}, ${participants.length} joined.`
  return [
    `${workshop.title}: ${ofLabs}`,
    ...(goesOn ? [before] : []),
    ...(orders.pauseAt ? [`Paused at ${orders.pauseAt.step}.`] : []),
    '',
    ...joinLines.map((line) => `To join:    edgelab join ${line}`),
    `Passcode:   ${passcode}`,
    ...(page === '' ? [] : [`Projector:  ${page}`]),
    '',
    `Listening on ${listens}, ${reach(listens)} Only who has the passcode gets in.`,
    'Type help to see what you can do here. Ctrl-C leaves; everything is kept.',
  ]
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

/** Who can connect to an address. */
function reach(listens: string): string {
  if (/^(127\.|\[?::1)/.test(listens)) return 'for this machine alone.'
  const isAny = /^(0\.0\.0\.0|\[?::\]?(:|$))/.test(listens)
  return `for everybody in the network${isAny ? 's of this machine; --listen narrows that' : ' of that address'}.`
}
