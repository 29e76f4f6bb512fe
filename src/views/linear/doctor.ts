/** What runs here, one thing a line: tables are hard to follow by ear. */
import type { LinearApp } from './app.ts'
import { sayText, sayTitle } from './dialogue.ts'

export async function doctorScreen({ services, dialogue }: LinearApp): Promise<void> {
  sayTitle(dialogue, 'What runs here')
  for (const { name, state, detail, remedy } of await services.examine()) {
    sayText(dialogue, `${name}: ${state}, ${detail}${remedy === '' ? '' : ` → ${remedy}`}`)
  }
  await dialogue.ask('Enter to go on: ')
}
