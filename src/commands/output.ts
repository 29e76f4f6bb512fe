/** What a stream can show: asked once, the same for every command. */
export interface Terminal {
  readonly columns: number
  readonly color: boolean
  readonly unicode: boolean
}

/** Colour only on a terminal and never against NO_COLOR (no-color.org); block characters only in a UTF-8 locale. */
export function terminal(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Terminal {
  const dumb = env['TERM'] === 'dumb'
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || ''
  return {
    columns: stream.isTTY ? Math.max(40, stream.columns || 80) : Number(env['COLUMNS']) || 100,
    color: Boolean(stream.isTTY) && !dumb && !env['NO_COLOR'],
    unicode: process.platform === 'darwin' || process.platform === 'win32' || /utf-?8/i.test(locale),
  }
}

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}
