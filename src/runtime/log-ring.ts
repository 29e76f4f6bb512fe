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
