import type { ReactNode } from 'react'
import type { Block, BodiesBlock } from '../../../comparison/finding.ts'
import { answersTogether } from '../../evidence/answers-together.ts'
import { ChartFigure } from '../chart/chart-figure.tsx'
import type { Pictures } from '../chart/chart-image.ts'
import { IntervalsFigure } from '../chart/intervals-figure.tsx'
import { DataTable } from './data-table.tsx'

export function Evidence({ block, pictures }: { readonly block: Block; readonly pictures: Pictures }): ReactNode {
  switch (block.kind) {
    case 'table':
      return <DataTable table={block} />
    case 'chart':
      return <ChartFigure chart={block} pictures={pictures} />
    case 'intervals':
      return <IntervalsFigure block={block} looks={pictures.looks} />
    case 'bodies':
      return <Answers block={block} />
    case 'code':
      return <Code title={block.title} text={block.text} language={block.language} />
    case 'note':
      return (
        <p className={`note ${block.tone}`}>
          <strong>{block.tone === 'warning' ? 'Caution.' : 'Note.'}</strong> {block.text}
        </p>
      )
    default:
      return block satisfies never
  }
}

function Answers({ block }: { readonly block: BodiesBlock }): ReactNode {
  return (
    <figure>
      <figcaption>
        <strong>{block.title}</strong>
        <code>{block.request}</code>
      </figcaption>
      <div className="answers">
        {answersTogether(block).map(({ label, status, headers, body, remark }) => (
          <section key={label} className="answer">
            <h4>
              {label} <span className="status">{status === 0 ? 'no answer' : status}</span>
            </h4>
            {remark === '' ? null : <p>{remark}</p>}
            <HttpText headers={headers} body={body} />
          </section>
        ))}
      </div>
    </figure>
  )
}

/** Headers and body as they came, as text. */
export function HttpText({ headers, body }: Pick<BodiesBlock['answers'][number], 'headers' | 'body'>): ReactNode {
  const head = headers.map(([name, value]) => `${name}: ${value}`).join('\n')
  return (
    <pre>
      <code className="headers">{head}</code>
      {head !== '' && body !== '' ? '\n\n' : null}
      <code>{body}</code>
    </pre>
  )
}

export function Code({
  title,
  text,
  language,
}: {
  readonly title: string
  readonly text: string
  readonly language: string
}): ReactNode {
  return (
    <figure>
      <figcaption>
        <strong>{title}</strong>
      </figcaption>
      <pre>
        <code className={`language-${language.replaceAll(/\W/g, '')}`}>{text}</code>
      </pre>
    </figure>
  )
}
