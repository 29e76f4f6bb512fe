/** What the benchmark prints. */

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]!.length)))
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('   ')
  print([line(heads), ...rows.map(line)].join('\n'))
}

let missed = 0

export function goal(found: string, wanted: string, met: boolean): void {
  if (!met) missed += 1
  print(`${met ? 'met    ' : 'not met'} ${found} (${wanted})`)
}

export const goalsMissed = (): number => missed

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
