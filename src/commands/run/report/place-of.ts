import { join } from 'node:path'
import { EdgeLabError } from '../../../errors.ts'
import { listRuns } from '../../../measurement/store/run-list.ts'
import { holdsRun } from '../../../measurement/store/store.ts'

/** A path, or the name of a run: of one that lies here (`run --out mine`), else of one below reports/. */
export async function placeOf(run: string | undefined): Promise<string> {
  if (run === undefined) return newest()
  const isPath = /[/\\]|\.json$/.test(run)
  return isPath || (await holdsRun(run)) ? run : join('reports', run)
}

async function newest(): Promise<string> {
  const [first] = (await listRuns('reports')).filter(({ record }) => record !== null)
  if (!first) throw new EdgeLabError('unknownRun', { path: 'reports/' })
  return first.folder
}
