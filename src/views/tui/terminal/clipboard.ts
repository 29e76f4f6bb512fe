/** Copying without a mouse: OSC 52 asks the terminal to put text into the clipboard. Many do, none says whether it did. */

/** Terminals refuse more than about 100 KB of base64; the file has all of it. */
const maxBytes = 74_000

/** The sequence for a text; undefined where terminals would refuse it. Nothing of the text can end it: it is base64. */
export function clipboardSequence(text: string): string | undefined {
  const bytes = Buffer.from(text, 'utf8')
  return bytes.length > maxBytes ? undefined : `\u001b]52;c;${bytes.toString('base64')}\u0007`
}
