import type { ReactNode } from 'react'
import type { RunRecord } from '../../../measurement/run-record.ts'
import { circumstances, systemsOfRun, versions } from '../../words/conditions.ts'
import { DataTable } from './data-table.tsx'
import { Facts } from './facts.tsx'

/** Where the numbers come from, and how to get them again. */
export function Provenance({ record }: { readonly record: RunRecord }): ReactNode {
  return (
    <section id="provenance">
      <h2>Provenance</h2>
      <p>
        To repeat it: <code>{record.command}</code>
      </p>
      <Facts facts={circumstances(record)} />
      <DataTable table={versions(record)} />
      <Absent record={record} />
      <p>
        Everything on this page is computed from the run record, which is inside this file: histograms, counts of the
        origins, native configurations, probes and samples.
      </p>
      <p>
        <button type="button" id="save" data-file={`edgelab-${record.id}.json`} hidden>
          Save the run record
        </button>
      </p>
    </section>
  )
}

/** What failed or could not run is a result too, with the end of its log. */
function Absent({ record }: { readonly record: RunRecord }): ReactNode {
  const absent = systemsOfRun(record).flatMap(({ label, absent }) => absent.map((each) => ({ label, ...each })))
  if (absent.length === 0) return null
  return (
    <>
      <h3>Not measured</h3>
      <ul>
        {absent.map(({ label, scenario, subject }) => (
          <li key={`${label} ${scenario}`}>
            <strong>{label}</strong> in {scenario}, {subject.state}: {subject.reason}
            {subject.remedy === '' ? null : <> → {subject.remedy}</>}
            {subject.logTail === '' ? null : (
              <pre>
                <code>{subject.logTail}</code>
              </pre>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
