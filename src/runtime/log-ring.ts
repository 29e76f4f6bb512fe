/** The end of what a process wrote; the beginning is forgotten. */
export interface LogRing {
  add(chunk: Buffer): void
  tail(lines: number): string
}

const keptCharacters = 64 * 1024

export function openLogRing(): LogRing {
  let text = ''
  return {
    add: (chunk) => {
      text = (text + chunk.toString('utf8')).slice(-keptCharacters)
    },
    tail: (lines) => text.trimEnd().split('\n').slice(-lines).join('\n'),
  }
}

/** The end of a log with the lines that name the cause moved to its beginning, in their order. */
export function causeFirst(tail: string, errorLine: RegExp | undefined): string {
  if (!errorLine) return tail
  const lines = tail.split('\n')
  const causes = lines.filter((line) => errorLine.test(line))
  return [...causes, ...lines.filter((line) => !causes.includes(line))].join('\n')
}
