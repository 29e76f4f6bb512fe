/** A decision record as one HTML file that opens by double click. */
import type {
  DecisionBlock,
  DecisionDocument,
  DecisionSection,
} from '../../comparison/findings/choice/decision/document.ts'
import { renderDocument } from './document.tsx'
import { shownDeeply } from './embedded.ts'
import { DataTable } from './sections/data-table.tsx'

/** The same document gives the same bytes. */
export function renderDecision(document: DecisionDocument): Promise<string> {
  const { title, sections } = shownDeeply(document)
  const [decision, ...rest] = sections
  return renderDocument({
    title,
    body: (
      <main>
        <section id="answer">
          <h1>{title}</h1>
          {decision?.sentences.map((sentence, at) => (
            <p key={sentence} className={at === 0 ? 'lead' : undefined}>
              {sentence}
            </p>
          ))}
        </section>
        {rest.map((section) => (
          <Section key={section.title} section={section} />
        ))}
      </main>
    ),
    data: document,
    charts: false,
  })
}

function Section({ section: { title, sentences, blocks } }: { readonly section: DecisionSection }) {
  return (
    <section>
      <h2>{title}</h2>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {blocks.map((block, at) => (
        <BlockOf key={at} block={block} />
      ))}
    </section>
  )
}

function BlockOf({ block }: { readonly block: DecisionBlock }) {
  if (block.kind === 'table') return <DataTable table={block} />
  return <p className={`note ${block.tone}`}>{block.text}</p>
}
