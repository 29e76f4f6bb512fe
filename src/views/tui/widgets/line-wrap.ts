/**
 * Terminals do not agree on how wide some characters are (Thai, Devanagari, new emoji). Where a line comes out wider
 * than it was laid out, its end must be lost rather than go on in the next row and push the screen out of its place
 * (DECAWM).
 */

export function withoutLineWrap(stdout: Pick<NodeJS.WriteStream, 'write'>): void {
  stdout.write('\u001b[?7l')
}

/** The default of terminals: lines wrap. */
export function withLineWrap(stdout: Pick<NodeJS.WriteStream, 'write'>): void {
  stdout.write('\u001b[?7h')
}
