/** `edgelab host say|pause|release|end|show|reveal|hide|remove`: the facilitator's words, from another terminal than the host's. */
import { Command } from 'commander'
import { type ExitCode, exitCodes } from '../../../errors.ts'
import { roomOnDisk } from '../../../workshop/host/state/room-on-disk.ts'
import { workshopNamed } from '../../../workshop/host/state/workshop-folder.ts'
import { tellHost } from '../../../workshop/host/tell-host.ts'
import { print } from '../../output.ts'
import { labsOf } from '../labs-of.ts'
import { changes } from './facilitator-words.ts'

const verbs = [
  { verb: 'say', words: '<words...>', does: 'show a message on everybody’s screen', example: 'say Five minutes to go' },
  {
    verb: 'pause',
    words: '<step...>',
    does: 'let nobody go beyond this step until you release it',
    example: 'pause one-hop/guess',
  },
  { verb: 'release', words: '', does: 'let everybody go on', example: 'release' },
  {
    verb: 'end',
    words: '<time>',
    does: 'set the end time, which everybody sees; “now” ends the workshop, “open” removes the time',
    example: 'end 15:30',
  },
  {
    verb: 'show',
    words: '<question...>',
    does: 'show this question on the projector, its results hidden; “join” shows how to join',
    example: 'show one-hop/guess/address',
  },
  { verb: 'reveal', words: '', does: 'show the room’s results on the projector', example: 'reveal' },
  { verb: 'hide', words: '', does: 'hide the results on the projector', example: 'hide' },
  {
    verb: 'remove',
    words: '<participant...>',
    does: 'remove a participant, with all answers; by name, or by the number that “who” shows at the host',
    example: 'remove Ada',
  },
] as const

export function orderCommands(finished: (code: ExitCode) => void): readonly Command[] {
  return verbs.map(({ verb, words, does, example }) => {
    const command = new Command(verb)
      .description(does)
      .addHelpText('after', `\nExample:\n  edgelab host ${example}`)
      .action(async (...given: readonly unknown[]) => {
        const workshop = await workshopNamed()
        const labs = await labsOf(workshop.settings)
        const { participants } = await roomOnDisk(workshop.settings.id)
        const said = words === '' ? [] : [given[0]].flat().map(String)
        await tellHost(workshop, changes[verb]!(said, { labs, participants, now: new Date() }))
        print(`Told the host of “${workshop.settings.title}”.`)
        finished(exitCodes.done)
      })
    return words === '' ? command : command.argument(words)
  })
}
