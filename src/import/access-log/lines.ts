/** Bytes → lines, whatever their encoding, in constant memory. */

/** What is longer is no line of an access log: servers limit request lines to 8 to 64 KB. */
const longest = 128 * 1024

export interface Lines {
  push(chunk: Buffer): void
  /** The last line may lack its end. */
  end(): void
}

/**
 * Lines as latin1, without their ends; empty ones are passed over. A line may be a part of a larger string: whoever keeps
 * something of it makes a copy.
 */
export function splitLines(onLine: (line: string) => void, onTooLong: () => void): Lines {
  let rest = ''
  /** In the middle of a line that is too long. */
  let skipping = false
  const emit = (text: string, from: number, to: number): void => {
    const end = to > from && text.charCodeAt(to - 1) === 0x0d ? to - 1 : to
    if (skipping) skipping = false
    else if (end - from > longest) onTooLong()
    else if (end > from) onLine(text.slice(from, end))
  }
  return {
    push: (chunk) => {
      const text = rest + chunk.toString('latin1')
      let from = 0
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        emit(text, from, at)
        from = at + 1
      }
      rest = text.slice(from)
      if (rest.length <= longest) return
      rest = ''
      if (!skipping) onTooLong()
      skipping = true
    },
    end: () => {
      if (rest !== '') emit(rest, 0, rest.length)
      rest = ''
    },
  }
}
