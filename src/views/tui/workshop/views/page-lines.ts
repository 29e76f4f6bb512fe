/** Machines, refusals and one person, in lines. */
import type { Lab } from '../../../../labs/file/lab.ts'
import { version } from '../../../../package-root.ts'
import type { Host, Room } from '../../../../workshop/room/room.ts'
import { reportOf } from '../../../../workshop/summary/answers.ts'
import { machinesOf } from '../../../../workshop/summary/machines.ts'
import { tookMs } from '../../../../workshop/summary/pace.ts'
import type { Person } from '../../../../workshop/summary/people.ts'
import { shown, type TextOptions, wrapped } from '../../../text/style.ts'
import { counted, shortTime, stateWords } from '../../../text/workshop/words.ts'
import { column, fitted } from '../../widgets/theme.ts'

export interface HeadAndRows {
  readonly head: readonly string[]
  readonly rows: readonly string[]
}

/** Which systems how many machines have, and what each machine lacks. */
export function machinesLines(room: Room, labs: readonly Lab[], options: TextOptions): HeadAndRows {
  const { systems, each } = machinesOf(room, labs)
  const of = room.participants.length
  const all = systems.filter(({ machines }) => machines === of).map(({ id }) => id)
  const some = systems.filter(({ machines }) => machines < of).map(({ id, machines }) => `${id} ${machines} of ${of}`)
  const head = [
    ...(all.length > 0 ? wrapped(shown(`Everywhere: ${all.join(', ')}`, options), options) : []),
    ...(some.length > 0 ? wrapped(shown(`Not everywhere: ${some.join(' · ')}`, options), options) : []),
  ]
  const nameWidth = Math.min(24, Math.floor(options.columns / 4))
  const rows = each.map(({ participant: { name, machine }, lacks, cannotPlay }) => {
    const trouble =
      cannotPlay.length === 0 ? '' : `CANNOT PLAY lab ${cannotPlay.map(({ number }) => number).join(', ')}; `
    const other = machine.version === version ? '' : `EdgeLab ${machine.version}; `
    const lacking = lacks.length === 0 ? 'all that others have' : `lacks ${lacks.join(', ')}`
    const about = `${column(machine.runtime, 11, options)}${counted(machine.systems.length, 'system')}, ${trouble}${other}${lacking}`
    return `${column(name, nameWidth, options)} ${about}`
  })
  return { head, rows: rows.map((row) => fitted(row, options.columns - 2, options)) }
}

/** How many by reason, and the last ones, newest first. */
export function refusalLines({ byReason, last }: ReturnType<Host['refusals']>, options: TextOptions): HeadAndRows {
  const reasons = Object.entries(byReason).sort(([, one], [, other]) => other - one)
  if (reasons.length === 0) return { head: [], rows: ['Nothing was refused.'] }
  const counts = shown(reasons.map(([reason, count]) => `${count} × ${reason}`).join(' · '), options)
  const newest = last.toReversed().map(({ at, from, reason, times }) => {
    return fitted(
      `${at.slice(11, 19)} UTC  ${column(from, 18, options)}${reason}${times > 1 ? `, ${times} times` : ''}`,
      options.columns,
      options,
    )
  })
  return { head: [...wrapped(counts, options), ''], rows: newest }
}

/** Where the room can join, and where the projector page is. */
export function addressLines({ joinLines, passcode, page }: Host, options: TextOptions): readonly string[] {
  return [
    'Each is an address of this machine; one of them is in the network of the room:',
    ...joinLines.map((line) => `  edgelab join ${line}`),
    `Passcode: ${passcode}`,
    `Projector page, on this machine only: ${page}`,
  ].flatMap((line) => wrapped(shown(line, options), options))
}

/** All that the host knows of one person, but not what they answered: that is theirs. */
export function personLines(
  { participant, at, state, forMs, hints }: Person,
  labs: readonly Lab[],
  options: TextOptions,
): string[] {
  const { name, team, machine, reports } = participant
  const here = at
    ? `lab ${at.lab.number}, step ${at.number} of ${at.lab.steps.length}: ${at.step.title}`
    : 'no step yet'
  const lines = [
    `${name}${team ? `, team ${team}` : ''} · ${stateWords({ state, forMs })} · ${here}`,
    `${counted(hints, 'hint')} opened in all`,
    `EdgeLab ${machine.version}, ${machine.runtime}: ${machine.systems.join(', ') || 'no system'}`,
    '',
    ...labs
      .filter(({ id }) => Object.keys(reports).some((key) => key.startsWith(`${id}/`)))
      .flatMap((lab) => [
        `Lab ${lab.number} · ${lab.title}`,
        ...lab.steps.flatMap((step, index) => {
          const report = reportOf(participant, lab.id, step.id)
          if (!report) return []
          const took = tookMs(report)
          const result = report.skipped ? 'skipped' : took === null ? 'not done' : `done in ${shortTime(took)}`
          const checks = report.checks ? `, checks ${report.checks.right} of ${report.checks.of}` : ''
          const opened = report.hints > 0 ? `, ${counted(report.hints, 'hint')}` : ''
          return [`  ${index + 1} ${step.title}: ${result}${checks}${opened}`]
        }),
      ]),
  ]
  return lines.map((line) => fitted(line, options.columns, options))
}
