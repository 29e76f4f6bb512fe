import type { ReactNode } from 'react'
import type { TableBlock } from '../../../comparison/finding.ts'
import type { RoleAssignment } from '../../../labs/run/cast.ts'
import { DataTable } from '../sections/data-table.tsx'
import { Facts } from '../sections/facts.tsx'
import type { LabReport } from './lab-report.ts'

/** Where the results come from: who played which part, in which version, when. */
export function LabProvenance({ report }: { readonly report: LabReport }): ReactNode {
  const { lab, cast, progress, edgelab, madeAt } = report
  const facts: readonly (readonly [string, string])[] = [
    ['Lab', `${lab.number}, ${lab.id}`],
    ['EdgeLab', edgelab],
    ['Begun', progress.startedAt],
    ['Report', madeAt],
    ['Seed', String(progress.seed)],
    ['Runtime', cast.reason === '' ? cast.runtime : `${cast.runtime}: ${cast.reason}`],
  ]
  return (
    <section id="provenance">
      <h2>Provenance</h2>
      <Facts facts={facts} />
      <DataTable table={castTable(report)} />
      <p>Every sentence about an outcome was chosen by what this learner’s own runs showed. They are in this file.</p>
      <p>
        <button type="button" id="save" data-file={`edgelab-lab-${lab.id}.json`} hidden>
          Save answers and observations
        </button>
      </p>
    </section>
  )
}

function castTable({ cast, progress }: LabReport): TableBlock {
  const left = (title: string) => ({ title, align: 'left' as const })
  const seen = Object.values(progress.steps).flatMap(({ observation }) => (observation ? [observation] : []))
  const version = ({ role }: RoleAssignment): string =>
    seen.flatMap(({ roles }) => (roles[role]?.version ? [roles[role].version] : [])).at(-1) ?? '–'
  const runs = ({ role }: RoleAssignment): string =>
    seen
      .filter(({ roles }) => roles[role])
      .map(({ step, at }) => `${step} ${at}`)
      .join(', ')
  return {
    kind: 'table',
    title: 'Who played which part',
    columns: [left('part'), left('system'), left('version'), left('seen in'), left('instead of the preferred one')],
    rows: cast.assignments.map((assignment) => [
      { text: assignment.title },
      { text: assignment.label },
      { text: version(assignment) },
      { text: runs(assignment) },
      { text: assignment.instead },
    ]),
    caption: '',
  }
}
