/** From the command line to the labs of a workshop, and out of it again. */

import { asTyped } from '../../../errors/typed.ts'
import { EdgeLabError, type ExitCode, exitCodes } from '../../../errors.ts'
import { version } from '../../../package-root.ts'
import type { RuntimeKind } from '../../../runtime/topology.ts'
import { shown } from '../../../views/text/style.ts'
import { type Participation, participate } from '../../../workshop/participant/participation.ts'
import { isInteractive, openAppAt } from '../../app/app.ts'
import { prefersLines } from '../../app/linear.ts'
import { print, terminal } from '../../output.ts'
import { labsOf } from '../labs-of.ts'
import { readAllAnswers } from './answers.ts'
import type { JoinFlags } from './flags.ts'
import { goThrough } from './lines.ts'
import { memberOf } from './member.ts'
import { tellAll, unfinished } from './progress.ts'
import { isToldAll, isToldSoon } from './telling.ts'

/** Throws EdgeLabError. */
export async function takePart(
  line: { readonly address: string | undefined; readonly code: string },
  flags: JoinFlags,
): Promise<ExitCode> {
  const member = await memberOf(line, flags)
  print(
    `You take part in “${shown(member.joined.workshop.title, terminal(process.stdout))}” as ${member.name}. ${told}`,
  )
  const { version: ofHost } = member.joined
  if (ofHost !== version) {
    print(
      `The host had EdgeLab ${shown(ofHost, terminal(process.stdout))} when you joined, and this is ${version}: labs may differ.`,
    )
  }
  const labs = await labsOf(member.joined.workshop)
  // Read before anything is started: mistakes in them are said first.
  const answers = flags.answers === undefined ? null : await readAllAnswers(flags.answers, labs, flags.until)
  const participation = await participate(member, labs)
  try {
    await tellAll(participation)
    const inLines = flags.plain === true || answers !== null || !isInteractive() || prefersLines()
    if (!inLines) return await inApp(participation, flags.runtime)
    const code = await goThrough(participation, answers, flags)
    if (answers === null || code !== exitCodes.done) await leave(participation)
    else if (!(await isToldAll(participation))) {
      const { why, connection } = participation.state()
      if (connection === 'removed') throw new EdgeLabError('removed', { address: member.address, code: member.code })
      throw new EdgeLabError('answersWait', { address: member.address, why: why || 'nobody answers' })
    }
    return code
  } finally {
    await participation.close()
  }
}

const told =
  'The host is told what you predict and choose, how far you are, and the figures of your runs: nothing that you write yourself, no file.'

async function inApp(participation: Participation, runtime: 'auto' | RuntimeKind): Promise<ExitCode> {
  const first = (await unfinished(participation.labs))[0] ?? participation.labs[0]!
  const code = await openAppAt({ name: 'lab', id: first.id }, runtime, participation)
  await leave(participation)
  return code
}

async function leave(participation: Participation): Promise<void> {
  const isTold = await isToldSoon(participation)
  if (isTold) print('The host has everything.')
  else if (participation.state().connection === 'removed')
    print('You were removed from the workshop: nothing more was told.')
  else if (participation.state().orders?.isOver) print('The workshop is over; what was not told stays here.')
  else print(asTyped('What the host has not got yet is kept; edgelab join sends it.'))
}
