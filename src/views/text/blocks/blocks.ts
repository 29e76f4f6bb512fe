/** Every kind of evidence as lines of text. */
import type { Block, CodeBlock, NoteBlock } from '../../../comparison/finding.ts'
import { chartLines } from '../chart/chart.ts'
import { intervalLines } from '../chart/intervals.ts'
import { type BlockOptions, paint, shown, type TextOptions, wrapped, wrappedCode } from '../style.ts'
import { tableLines } from '../table.ts'
import { bodiesLines } from './bodies.ts'

export function blockLines(block: Block, options: BlockOptions): string[] {
  switch (block.kind) {
    case 'table':
      return [
        ...titleLines(block.title, options),
        ...tableLines(block, options),
        ...captionLines(block.caption, options),
      ]
    case 'chart':
      return [...titleLines(block.title, options), ...chartLines(block, options)]
    case 'intervals':
      return [...titleLines(block.title, options), ...intervalLines(block, options)]
    case 'bodies':
      return [...titleLines(block.title, options), ...bodiesLines(block, options)]
    case 'code':
      return [...titleLines(block.title, options), ...codeLines(block, options)]
    case 'note':
      return noteLines(block, options)
    default:
      return block satisfies never
  }
}

function titleLines(title: string, options: TextOptions): string[] {
  return title === '' ? [] : wrapped(paint(shown(title, options), 'strong', options), options)
}

function captionLines(caption: string, options: TextOptions): string[] {
  return caption === '' ? [] : wrapped(shown(caption, options), options)
}

function codeLines({ text }: CodeBlock, options: TextOptions): string[] {
  return wrappedCode(shown(text, options).trimEnd(), options, 2)
}

function noteLines({ tone, text }: NoteBlock, options: TextOptions): string[] {
  const word = tone === 'warning' ? 'Caution: ' : 'Note: '
  return wrapped(`${paint(word, tone === 'warning' ? 'bad' : 'strong', options)}${shown(text, options)}`, options)
}
