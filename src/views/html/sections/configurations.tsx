import type { ReactNode } from 'react'
import type { RunRecord, SystemRecord } from '../../../measurement/run-record.ts'
import { fidelityTable } from '../../tables/fidelity-table.ts'
import { DataTable } from './data-table.tsx'
import { Code } from './evidence.tsx'

/** Native configurations, scenario by scenario; those that are unfolded stand side by side. */
export function Configurations({ record }: { readonly record: RunRecord }): ReactNode {
  return (
    <section id="configurations">
      <h2>Configurations</h2>
      <p>
        What the one policy became for each system, and how exactly each line of it is carried out. Unfold two to see
        them side by side. Keys are replaced by the names of their owners.
      </p>
      {record.scenarios.map(({ scenario, subjects }) => (
        <div key={scenario.id}>
          <h3>{scenario.title}</h3>
          <div className="beside">
            {subjects
              .filter(({ native }) => native.files.length > 0)
              .map((subject) => (
                <Configuration key={subject.label} subject={subject} />
              ))}
          </div>
        </div>
      ))}
    </section>
  )
}

function Configuration({ subject }: { readonly subject: SystemRecord }): ReactNode {
  const { label, native, effort } = subject
  const script = effort.scriptLines > 0 ? `, ${effort.scriptLines} of script` : ''
  return (
    <details>
      <summary>
        {label} <span className="muted">{`${effort.configLines} lines of configuration${script}`}</span>
      </summary>
      <DataTable table={fidelityTable(subject)} quiet />
      {native.files.map(({ path, language, text }) => (
        <Code key={path} title={path} language={language} text={text} />
      ))}
    </details>
  )
}
