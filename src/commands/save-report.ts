import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LabError } from '../errors.ts'
import { renderHtml } from '../views/html/render.tsx'
import type { ReportModel } from '../views/model.ts'

/** Writes report.html beside the record and returns its path. Throws LabError `reportsUnwritable`. */
export async function saveReport(folder: string, model: ReportModel): Promise<string> {
  const path = join(folder, 'report.html')
  const html = await renderHtml(model)
  try {
    await writeFile(path, html)
  } catch (error) {
    throw new LabError('reportsUnwritable', { path, why: (error as Error).message }, { cause: error })
  }
  return path
}
