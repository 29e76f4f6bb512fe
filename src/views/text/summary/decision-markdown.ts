/** A decision record as Markdown, to be kept beside the code that it is about. */
import type { DecisionBlock, DecisionDocument } from '../../../comparison/findings/choice/decision/document.ts'
import { escapeMarkdown, tableMarkdown } from '../markdown.ts'

export function decisionMarkdown({ title, sections }: DecisionDocument): string {
  const parts = sections.flatMap(({ title: heading, sentences, blocks }, at) => [
    `## ${escapeMarkdown(heading)}`,
    // The decision itself is a paragraph; of everything else each sentence stands for itself.
    ...(at === 0
      ? sentences.map((sentence, place) => (place === 0 ? `**${escapeMarkdown(sentence)}**` : escapeMarkdown(sentence)))
      : sentences.length > 0
        ? [sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n')]
        : []),
    ...blocks.flatMap(blockMarkdown),
  ])
  return `${[`# ${escapeMarkdown(title)}`, ...parts].join('\n\n')}\n`
}

function blockMarkdown(block: DecisionBlock): readonly string[] {
  if (block.kind === 'note') return [`> ${escapeMarkdown(block.text)}`]
  const caption = block.caption === '' ? [] : [escapeMarkdown(block.caption)]
  return [`**${escapeMarkdown(block.title)}**`, ...tableMarkdown(block), ...caption]
}
