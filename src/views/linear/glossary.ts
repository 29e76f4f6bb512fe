/** The words of the field and of EdgeLab, asked for by one of them. */
import { glossary } from '../glossary/glossary.ts'
import type { Term } from '../glossary/term.ts'
import { sayText, sayTitle } from './dialogue.ts'
import type { LinearApp } from './linear-app.ts'

export async function glossaryScreen({ dialogue }: LinearApp): Promise<void> {
  sayTitle(dialogue, 'Glossary')
  sayText(dialogue, glossary.map(({ name }) => name).join(', '))
  for (;;) {
    const asked = await dialogue.ask('A word, or a part of one; q to go back: ')
    if (asked === null || asked === 'q') return
    const found = asked === '' ? [] : glossary.filter((term) => isMeant(term, asked))
    if (found.length === 0) sayText(dialogue, `“${asked}” is not among them.`)
    for (const { name, also, text, see } of found) {
      sayText(dialogue, `${name}${also.length === 0 ? '' : ` (${also.join(', ')})`}: ${text} See ${see.join(', ')}.`)
    }
  }
}

function isMeant({ name, also }: Term, asked: string): boolean {
  return [name, ...also].some((each) => each.toLowerCase().includes(asked.toLowerCase()))
}
