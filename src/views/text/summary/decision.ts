/** A decision record as plain text. */
import type { DecisionDocument } from '../../../comparison/findings/choice/decision/document.ts'
import { blockLines } from '../blocks/blocks.ts'
import { paint, ruleLine, shown, type TextOptions, wrapped } from '../style.ts'

export function decisionText(document: DecisionDocument, options: TextOptions): string {
  return `${decisionLines(document, options).join('\n')}\n`
}

export function decisionLines({ title, sections }: DecisionDocument, options: TextOptions): readonly string[] {
  return [
    ...wrapped(paint(shown(title, options), 'heading', options), options),
    ruleLine(options),
    ...sections.flatMap((section, at) => [
      ...(at === 0 ? [] : ['', ...wrapped(paint(shown(section.title, options), 'heading', options), options)]),
      ...section.sentences.flatMap((sentence, place) => {
        const line = shown(sentence, options)
        return wrapped(at === 0 && place === 0 ? paint(line, 'strong', options) : line, options)
      }),
      ...section.blocks.flatMap((block) => ['', ...blockLines(block, options)]),
    ]),
  ]
}
