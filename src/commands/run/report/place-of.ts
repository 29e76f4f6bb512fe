import { join } from 'node:path'
import { holdsRun } from '../../../measurement/store/store.ts'

/** A path, or the name of a run: of one that lies here (`run --out mine`), else of one below reports/. */
export async function placeOf(run: string): Promise<string> {
  const isPath = /[/\\]|\.json$/.test(run)
  return isPath || (await holdsRun(run)) ? run : join('reports', run)
}
