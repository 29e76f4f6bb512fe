import { Fragment, type ReactNode } from 'react'
import type { CheckVerdict } from '../../../labs/file/check.ts'
import type { EditedFile } from '../../../labs/session/ending/edits.ts'
import type { Solution } from '../../../labs/session/ending/ending.ts'
import type { StepPage } from '../../../labs/session/page.ts'
import { type DiffLine, lineDiff } from '../../evidence/line-diff.ts'
import { checkWords } from '../../words/lab-words.ts'
import { Markdown } from './markdown.tsx'

const tones = { right: 'good', wrong: 'bad', unknown: 'muted' } as const

/** What the checks say, how it went, and what the learner changed for it. */
export function Task({
  page,
  tries,
  files,
  solutions,
}: {
  readonly page: StepPage
  readonly tries: number
  /** The files of this task. */
  readonly files: readonly EditedFile[]
  /** None as long as it is not done. */
  readonly solutions: readonly Solution[]
}): ReactNode {
  return (
    <>
      <p>{course(page, tries)}</p>
      {page.verdicts.map((verdict) => (
        <Check key={verdict.id} verdict={verdict} />
      ))}
      {page.openedHints.length === 0 ? null : (
        <>
          <h3>Hints that were opened</h3>
          <ol>
            {page.openedHints.map((hint, at) => (
              <li key={at}>
                <Markdown text={hint} />
              </li>
            ))}
          </ol>
        </>
      )}
      <h3>What was changed</h3>
      <Changes files={files} />
      {solutions.map(({ name, files: solved, isOwn }) => (
        <details key={name}>
          <summary>{solutionWords(name, isOwn)}</summary>
          <Changes files={solved} />
        </details>
      ))}
    </>
  )
}

function solutionWords(name: string, isOwn: boolean): string {
  const called = name === '' ? 'A solution' : `Another way: ${name.replaceAll('-', ' ')}`
  return isOwn ? `${called} (what you did)` : called
}

function course({ skipped, done, openedHints: hints }: StepPage, tries: number): string {
  const judged = tries === 1 ? 'The checks were judged once' : `The checks were judged ${tries} times`
  const opened = hints.length === 1 ? 'one hint was opened' : `${hints.length} hints were opened`
  const end = skipped ? 'the solution was applied instead' : done ? 'all of them are right' : 'it is not finished'
  return `${judged}, ${opened}; ${end}.`
}

function Check({ verdict }: { readonly verdict: CheckVerdict }): ReactNode {
  const { describe, state, request, expected, received, difference } = verdict
  const rows = [
    ['request', request],
    ['expected', expected],
    ['received', received],
    ['difference', difference],
  ].filter(([, text]) => text !== '')
  return (
    <details className="probe" open={state === 'wrong'}>
      <summary>
        <strong className={tones[state]}>{checkWords[state]}</strong> {describe}
      </summary>
      <dl>
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

const signs = { same: '  ', added: '+ ', removed: '- ', skipped: '  ' } as const
const diffTones = { same: undefined, added: 'good', removed: 'bad', skipped: 'muted' } as const

function Changes({ files }: { readonly files: readonly EditedFile[] }): ReactNode {
  const changed = files
    .map(({ path, before, after }) => ({ path, lines: lineDiff(before, after) }))
    .filter(({ lines }) => lines.length > 0)
  if (changed.length === 0) return <p>Nothing: the files are as they were at the beginning.</p>
  return changed.map(({ path, lines }) => (
    <figure key={path}>
      <figcaption>
        <strong>{path}</strong>
        <span>Lines with + were added, those with - taken away.</span>
      </figcaption>
      <pre>
        <code>
          {lines.map((line, at) => (
            <Fragment key={at}>
              <span className={diffTones[line.kind]}>{diffText(line)}</span>
              {'\n'}
            </Fragment>
          ))}
        </code>
      </pre>
    </figure>
  ))
}

function diffText({ kind, text }: DiffLine): string {
  if (kind === 'skipped') return `   … ${text} unchanged ${text === '1' ? 'line' : 'lines'}`
  return `${signs[kind]}${text}`
}
