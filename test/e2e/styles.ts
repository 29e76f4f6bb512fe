/** Colours of a captured screen as words, so that they can be read, whatever sequences a version of tmux captures. */

const colors = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']

/** `{bold cyan}Findings{}`: a mark wherever the style changes. Throws on what is not one of the 16 colours. */
export function inWords(styled: string): string {
  let bold = false
  let inverse = false
  let color = ''
  let written = ''
  const take = (code: number): void => {
    if (code === 0 || code === 1 || code === 22) bold = code === 1
    if (code === 0 || code === 7 || code === 27) inverse = code === 7
    if (code === 0 || code === 39) color = ''
    else if (code >= 30 && code <= 37) color = colors[code - 30]!
    else if (code >= 90 && code <= 97) color = `bright ${colors[code - 90]}`
    else if (![1, 7, 22, 27, 49].includes(code)) throw new Error(`none of the 16 colours: ${code}`)
  }
  return styled
    .split(/(\u001b\[[\d;]*m)/)
    .map((part) => {
      const [, codes] = /^\u001b\[([\d;]*)m$/.exec(part) ?? []
      if (codes === undefined) {
        const style = [bold ? 'bold' : '', inverse ? 'inverse' : '', color].filter(Boolean).join(' ')
        if (part === '' || style === written) return part
        written = style
        return `{${style}}${part}`
      }
      for (const code of codes.split(';')) take(Number(code))
      return ''
    })
    .join('')
}
