/** What somebody is asked before they join, in lines: no screen is open yet. */
import { EdgeLabError } from '../../../errors.ts'
import { type Dialogue, sayText } from '../../../views/linear/dialogue.ts'
import { personSchema, type Team, teams } from '../../../workshop/protocol/messages.ts'
import { openDialogue } from '../../app/linear.ts'

export interface Asked {
  readonly name: string
  readonly team: Team | null
  readonly passcode: string
}

/** What is given already is not asked for. Throws EdgeLabError `interrupted` where the input ends. */
export function askForRest(given: Partial<Asked>): Promise<Asked> {
  return inDialogue(async (dialogue) => ({
    name: given.name ?? (await askForName(dialogue)),
    team: given.team === undefined ? await askForTeam(dialogue) : given.team,
    passcode: given.passcode ?? (await ask(dialogue, 'Passcode: ')),
  }))
}

/** Once more; `why` is said first. */
export function askForPasscode(why: string): Promise<string> {
  return inDialogue(async (dialogue) => {
    sayText(dialogue, why)
    return ask(dialogue, 'Passcode: ')
  })
}

async function askForName(dialogue: Dialogue): Promise<string> {
  for (;;) {
    const name = await ask(dialogue, 'Your name, as everybody in the room may see it: ')
    if (personSchema.safeParse(name).success) return name
    sayText(dialogue, 'A name has 1 to 40 characters.')
  }
}

async function askForTeam(dialogue: Dialogue): Promise<Team | null> {
  const named = teams.map((team, at) => `${at + 1} ${team}`).join(', ')
  for (;;) {
    const answer = await ask(dialogue, `Your team (${named}; Enter for none): `)
    if (answer === '') return null
    const team = teams.find((each, at) => each === answer.toLowerCase() || String(at + 1) === answer)
    if (team) return team
    sayText(dialogue, `“${answer}” is none of them.`)
  }
}

async function ask(dialogue: Dialogue, question: string): Promise<string> {
  const answer = await dialogue.ask(question)
  if (answer === null) throw new EdgeLabError('interrupted')
  return answer
}

async function inDialogue<Result>(asking: (dialogue: Dialogue) => Promise<Result>): Promise<Result> {
  const dialogue = openDialogue()
  try {
    return await asking(dialogue)
  } finally {
    dialogue.close()
  }
}
