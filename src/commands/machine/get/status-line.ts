export interface StatusLine {
  show(text: string): void
  /** Takes the line away. */
  clear(): void
}

/** One line that is written over, on a terminal; nothing anywhere else, where it would be many lines. */
export function openStatusLine(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): StatusLine {
  if (!stream.isTTY || env['TERM'] === 'dumb') return { show: () => undefined, clear: () => undefined }
  let shown = false
  return {
    show: (text) => {
      shown = true
      stream.write(`\r\x1b[K${text.slice(0, (stream.columns || 80) - 1)}`)
    },
    clear: () => {
      if (shown) stream.write('\r\x1b[K')
      shown = false
    },
  }
}
