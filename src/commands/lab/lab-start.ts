import { Command } from 'commander'
import { asTyped } from '../../errors/typed.ts'
import { type ExitCode, exitCodes } from '../../errors.ts'
import type { Lab } from '../../labs/file/lab.ts'
import { labNamed } from '../../labs/file/library.ts'
import { setAside } from '../../labs/progress/progress-store.ts'
import { readAnswers } from '../../labs/session/answer-file.ts'
import { openSession } from '../../labs/session/open-session.ts'
import type { RuntimeKind } from '../../runtime/topology.ts'
import { sayText } from '../../views/linear/dialogue.ts'
import { castLines } from '../../views/text/lab/cast.ts'
import { isInteractive, openAppAt } from '../app/app.ts'
import { openDialogue, prefersLines } from '../app/linear.ts'
import { runtimeOption } from '../inputs.ts'
import { textOf } from '../run/input-file.ts'
import { type Play, scripted, talk } from './play.ts'

interface Flags {
  readonly runtime: 'auto' | RuntimeKind
  readonly answers?: string
  readonly anew?: boolean
  readonly plain?: boolean
}

export function labStartCommand(finished: (code: ExitCode) => void): Command {
  return new Command('start')
    .description('start a lab, or go on where you left it')
    .argument('<lab>', 'number or name (edgelab lab list), or the folder of one')
    .option('--plain', 'in lines of text: asks and answers, draws nothing')
    .option('--answers <file>', 'take the answers from a YAML file instead of asking')
    .option('--anew', 'begin again; earlier progress is put aside')
    .addOption(runtimeOption())
    .addHelpText('after', helpText)
    .action(async (name: string, flags: Flags) => {
      const lab = await labNamed(name, ['list', 'report', 'check', 'new', 'start'])
      if (flags.plain !== true && flags.answers === undefined && isInteractive() && !prefersLines()) {
        if (flags.anew) await setAside(lab.id, new Date())
        return finished(await openAppAt({ name: 'lab', id: name }, flags.runtime))
      }
      // Read before anything is started: mistakes in it are said first.
      const answers = flags.answers === undefined ? null : readAnswers(await textOf(flags.answers), flags.answers, lab)
      const play = answers ? scripted(answers) : talk
      finished(await inLines(lab, { ...flags, name, watch: answers === null }, play))
    })
}

interface Lines extends Flags {
  /** As the learner calls the lab. */
  readonly name: string
  readonly watch: boolean
}

async function inLines(lab: Lab, { runtime, anew, plain, name, watch }: Lines, play: Play): Promise<ExitCode> {
  const dialogue = openDialogue()
  const note = (line: string): void => sayText(dialogue, line)
  try {
    if (anew) {
      const aside = await setAside(lab.id, new Date())
      if (aside) note(`What was there is kept in ${aside}.`)
    }
    const session = await openSession(lab, { runtime, note, watch })
    try {
      dialogue.say(castLines(session, dialogue.text))
      const code = await play(session, dialogue)
      return dialogue.interrupted() ? exitCodes.interrupted : code
    } finally {
      await session.close()
      note(asTyped(`All of it is kept. To go on: edgelab lab ${name}${plain ? ' --plain' : ''}`))
    }
  } finally {
    dialogue.close()
  }
}

const helpText = `
Examples:
  edgelab lab 1                              start lab 1, or go on where you left it
  edgelab lab saying-no --plain              in lines of text
  edgelab lab 1 --answers answers.yaml       exit code 1 where a check stays wrong

Answers, step by step:
  guess: { status: { proxy: ok, gateway: no }, seen: 3, confidence: fairly }
  why: It counts for each consumer.
  fix: solution                              # or the texts of the files that are edited, by their paths`
