import type { StepReport } from '../../protocol/step-report.ts'

/** A request's body is 64 KB at most, and has a hundred reports at most. */
const mostBytes = 48 * 1024
const most = 100

/** As many of the first as one request takes; one at least, where there is one. */
export function batchOf(reports: readonly StepReport[]): readonly StepReport[] {
  let bytes = 0
  const fits = reports.findIndex((report, index) => {
    bytes += Buffer.byteLength(JSON.stringify(report)) + 1
    return index > 0 && (bytes > mostBytes || index >= most)
  })
  return fits === -1 ? reports : reports.slice(0, fits)
}
