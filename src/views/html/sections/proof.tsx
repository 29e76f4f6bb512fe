import type { ReactNode } from 'react'
import type { ProbeRecord, RunRecord } from '../../../measurement/run-record.ts'
import { proofScore } from '../../words/proof-score.ts'
import { HttpText } from './evidence.tsx'

/** An evidence body longer than this is cut here; the data inside the page have what was kept. */
const bodyLength = 1200
/** Of a probe that passed, the beginning is enough to see what it was judged by: twelve systems have a thousand answers. */
const passedBodyLength = 60
const passedAnswers = 1
/** What every answer has and no probe asks for; of a probe that failed they are shown all the same. */
const usualHeaders = /^(date|server|connection|keep-alive|content-length|accept-ranges|via)$/i

/**
 * Every probe of every system: what was claimed, expected and received, and the answers it is judged by. `children`: what the
 * finding about proof says, if the run has one.
 */
export function Proof({ record, children }: { readonly record: RunRecord; readonly children?: ReactNode }): ReactNode {
  return (
    <section id="proof">
      <h2>Proof</h2>
      <p>
        Before anything is measured, each system is probed on every line of its policy, and judged by what its clients
        and the origins saw. A system that does not claim a feature is not probed on it. Of a probe that passed one
        answer is shown, without the headers that every answer has.
      </p>
      {children}
      {record.scenarios.map(({ scenario, subjects }) => {
        const proved = subjects.filter(({ proof }) => proof.length > 0)
        if (proved.length === 0) return null
        return (
          <div key={scenario.id}>
            <h3>{scenario.title}</h3>
            {proved.map((subject) => (
              <details key={subject.label}>
                <summary>
                  {subject.label}: {proofScore(subject.proof).text}
                </summary>
                {subject.proof.map((probe) => (
                  <Probe key={probe.id} probe={probe} />
                ))}
              </details>
            ))}
          </div>
        )
      })}
    </section>
  )
}

function Probe({ probe }: { readonly probe: ProbeRecord }): ReactNode {
  const { state, claim, expected, received, evidence } = probe
  const word = { passed: '✓ passed', failed: '✗ failed', skipped: '– not claimed' }[state]
  const shown = state === 'failed' ? evidence.length : passedAnswers
  const tone = { passed: 'good', failed: 'bad', skipped: 'muted' }[state]
  return (
    <div className="probe">
      <p>
        <span className={tone}>{word}</span> <strong>{claim}</strong> <code className="muted">{probe.id}</code>
      </p>
      <dl>
        {expected === '' ? null : (
          <div>
            <dt>expected</dt>
            <dd>{expected}</dd>
          </div>
        )}
        <div>
          <dt>{state === 'skipped' ? 'why' : 'received'}</dt>
          <dd>{received}</dd>
        </div>
      </dl>
      {evidence.length === 0 ? null : (
        <details>
          <summary>
            {evidence.length} {evidence.length === 1 ? 'answer' : 'answers'}
          </summary>
          {evidence.slice(-shown).map(({ request, status, headers, body }, at) => (
            <div key={at}>
              <p className="small">
                <code>
                  {request.method} {request.path}
                </code>{' '}
                {status === 0 ? 'no answer' : status}
              </p>
              <HttpText
                headers={state === 'failed' ? headers : headers.filter(([name]) => !usualHeaders.test(name))}
                body={cut(body, state === 'failed' ? bodyLength : passedBodyLength)}
              />
            </div>
          ))}
          {evidence.length > shown ? (
            <p className="small">{`${evidence.length - shown} more: in the record, which this page carries.`}</p>
          ) : null}
        </details>
      )}
    </div>
  )
}

function cut(body: string, most: number): string {
  return body.length <= most ? body : `${body.slice(0, most)}\n… (${body.length - most} more characters)`
}
