/** A request as a command that sends it again. */
import type { Request } from '../../http/request.ts'
import { escapeLine } from '../escape-control.ts'

/** Goes on in the next line, for a shell: a line that is wrapped in the middle of a word could not be copied. */
export const inLines = ' \\\n  '

/** `$EDGE`: the address of the edge, which was only there during the run. Nothing in it can end its quotes. */
export function curlOf({ method, path, headers, body }: Request, between: ' ' | typeof inLines = ' '): string {
  return [
    'curl -i',
    ...methodOption(method),
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${exactly(body)}`]),
    `"$EDGE"${quoted(path)}`,
  ].join(between)
}

/** After `-X HEAD` curl would wait for a body. */
function methodOption(method: string): readonly string[] {
  if (method === 'GET') return []
  return [method === 'HEAD' ? '--head' : `-X ${quoted(method)}`]
}

/** One word of a POSIX shell, whatever is in it. */
export function quoted(text: string): string {
  return `'${escapeLine(text).replaceAll("'", "'\\''")}'`
}

/** As `quoted`, but only where a shell would take it for more than one plain word. */
export function word(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : quoted(text)
}

/** As `quoted`, but what cannot be shown as it is, such as a line break, is still what the shell hands on (POSIX 2024, bash, zsh). */
function exactly(text: string): string {
  if (escapeLine(text) === text) return quoted(text)
  const spelled = [...text.toWellFormed()].map((character) => {
    if (character === "'" || character === '\\') return `\\${character}`
    return escapeLine(character) === character ? character : coded(character.codePointAt(0)!)
  })
  return `$'${spelled.join('')}'`
}

function coded(code: number): string {
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
}
