/** What runs here, one thing a line: tables are hard to follow by ear. */

import { sayText, sayTitle } from './dialogue.ts'
import type { LinearApp } from './linear-app.ts'

export async function doctorScreen({ services, dialogue }: LinearApp): Promise<void> {
  sayTitle(dialogue, 'What runs here')
  for (const { name, state, detail, remedy } of await services.examine()) {
    sayText(dialogue, `${name}: ${state}, ${detail}${remedy === '' ? '' : ` → ${remedy}`}`)
  }
  await dialogue.ask('Enter to go on: ')
}
