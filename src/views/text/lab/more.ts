/** Whole findings behind what a step of a lab shows of them. */
import type { WholeFinding } from '../../../labs/session/page.ts'
import { blockLines } from '../blocks/blocks.ts'
import { type BlockOptions, paint, shown, wrapped } from '../style.ts'
import { markdownLines } from './steps-markdown.ts'

export function moreLines(findings: readonly WholeFinding[], options: BlockOptions): readonly string[] {
  return findings.flatMap(({ title, verdict, blocks }, at) => [
    ...(at === 0 ? [] : ['']),
    ...wrapped(paint(shown(title, options), 'heading', options), options),
    ...verdict.flatMap((sentence) => markdownLines(sentence, options)),
    ...blocks.flatMap((block) => ['', ...blockLines(block, options)]),
  ])
}
