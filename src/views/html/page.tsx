import type { ReactNode } from 'react'
import type { Finding } from '../../comparison/finding.ts'
import { findingAnchor } from '../evidence/finding-anchor.ts'
import type { ReportModel } from '../model.ts'
import { judgementSentence, judgementTable } from '../tables/judgement-table.ts'
import { type Badge, badgeOfFinding, badgesOfRun } from '../words/badge.ts'
import { heldEqual, systemsOfRun } from '../words/conditions.ts'
import type { Pictures } from './chart/chart-image.ts'
import { Configurations } from './sections/configurations.tsx'
import { DataTable } from './sections/data-table.tsx'
import { Evidence } from './sections/evidence.tsx'
import { Proof } from './sections/proof.tsx'
import { Provenance } from './sections/provenance.tsx'

interface PageProps {
  /** Already made showable: control characters spelled out. */
  readonly model: ReportModel
  readonly pictures: Pictures
}

/** The body of the report: the answer on the first screen, then what it rests on. */
export function Page({ model, pictures }: PageProps): ReactNode {
  const { record, findings, judgements } = model
  const [answer, ...rest] = findings
  const others = rest.filter(({ id }) => id !== 'proof')
  const proof = findings.find(({ id }) => id === 'proof')
  return (
    <>
      <a className="skip" href="#answer">
        Skip to the answer
      </a>
      <header>
        <p>
          <strong>EdgeLab</strong> <span className="muted">{`run ${record.id}`}</span>
        </p>
        <nav aria-label="Parts of the report">
          {others.map((finding) => (
            <a key={findingAnchor(finding)} href={`#${findingAnchor(finding)}`}>
              {finding.title}
            </a>
          ))}
          {judgements.length > 0 ? <a href="#expectations">Expectations</a> : null}
          <a href="#proof">Proof</a>
          <a href="#configurations">Configurations</a>
          <a href="#provenance">Provenance</a>
        </nav>
        <button type="button" id="theme" hidden />
      </header>
      <main>
        {answer ? <Answer finding={answer} model={model} pictures={pictures} /> : null}
        {others.map((finding) => (
          <FindingSection key={findingAnchor(finding)} finding={finding} pictures={pictures} />
        ))}
        {judgements.length > 0 ? (
          <section id="expectations">
            <h2>Expectations</h2>
            <p>{judgementSentence(judgements)}</p>
            <DataTable table={judgementTable(judgements)} quiet />
          </section>
        ) : null}
        <Proof record={record}>{proof ? <Sentences finding={proof} pictures={pictures} /> : null}</Proof>
        <Configurations record={record} />
        <Provenance record={record} />
      </main>
      <footer>
        <p className="small">
          Made by EdgeLab {record.edgelab} from one run record. Nothing on this page is loaded from anywhere else.
        </p>
      </footer>
    </>
  )
}

function Answer({ finding, model, pictures }: PageProps & { readonly finding: Finding }): ReactNode {
  const { record, judgements } = model
  const absent = systemsOfRun(record).filter(({ absent }) => absent.length > 0)
  const [sentence, ...more] = finding.verdict
  return (
    <section id="answer">
      {badgesOfRun(record).map((badge) => (
        <BadgeLine key={badge.text} badge={badge} />
      ))}
      <h1>{finding.question}</h1>
      <p className="lead">{sentence}</p>
      {more.map((each) => (
        <p key={each}>{each}</p>
      ))}
      {record.partial ? (
        <p className="note warning">
          <strong>Caution.</strong> The run was stopped before every planned round was measured.
        </p>
      ) : null}
      {finding.blocks.map((block, at) => (
        <Evidence key={at} block={block} pictures={pictures} />
      ))}
      {judgements.length > 0 ? (
        <p>
          {judgementSentence(judgements)} <a href="#expectations">Which ones</a>
        </p>
      ) : null}
      {absent.length > 0 ? (
        <p>
          Not measured everywhere: {absent.map(({ label }) => label).join(', ')}. <a href="#provenance">Why</a>
        </p>
      ) : null}
      <h2 className="minor">What was held equal</h2>
      <ul className="small">
        {heldEqual(record).map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </section>
  )
}

function FindingSection({ finding, pictures }: { readonly finding: Finding; readonly pictures: Pictures }): ReactNode {
  return (
    <section id={findingAnchor(finding)}>
      <h2>{finding.title}</h2>
      <p className="question">{finding.question}</p>
      {finding.offered === undefined ? null : <p className="small">{finding.offered}</p>}
      <Sentences finding={finding} pictures={pictures} />
    </section>
  )
}

/** A word that stands out, then why. */
function BadgeLine({ badge: { word, text, tone } }: { readonly badge: Badge }): ReactNode {
  return (
    <p className={`worth ${tone}`}>
      {word === '' ? null : <strong>{`${word}:`}</strong>} {text}
    </p>
  )
}

function Sentences({ finding, pictures }: { readonly finding: Finding; readonly pictures: Pictures }): ReactNode {
  const [sentence, ...more] = finding.verdict
  const badge = badgeOfFinding(finding)
  return (
    <>
      {badge ? <BadgeLine badge={badge} /> : null}
      <p className={finding.tentative ? undefined : 'verdict'}>{sentence}</p>
      {more.map((each) => (
        <p key={each}>{each}</p>
      ))}
      {finding.blocks.map((block, at) => (
        <Evidence key={at} block={block} pictures={pictures} />
      ))}
    </>
  )
}
