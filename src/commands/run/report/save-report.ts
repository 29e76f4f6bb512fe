import { join } from 'node:path'
import { EdgeLabError } from '../../../errors.ts'
import { replaceWhole } from '../../../measurement/store/whole-file.ts'
import { whyUnwritable } from '../../../text-file.ts'
import { renderHtml } from '../../../views/html/render.tsx'
import type { ReportModel } from '../../../views/model.ts'

/** Writes report.html beside the record and returns its path. Throws EdgeLabError `reportUnwritable`. */
export async function saveReport(folder: string, model: ReportModel): Promise<string> {
  const path = join(folder, 'report.html')
  const html = await renderHtml(model)
  try {
    await replaceWhole(path, html)
  } catch (cause) {
    throw new EdgeLabError('reportUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  }
  return path
}
