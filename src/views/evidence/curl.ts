/** A request as a command that sends it again. */
import type { Request } from '../../http/request.ts'
import { escapeLine } from '../escape-control.ts'

/** Goes on in the next line, for a shell: a line that is wrapped in the middle of a word could not be copied. */
export const inLines = ' \\\n  '

/** `$EDGE`: the address of the edge, which was only there during the run. Nothing in it can end its quotes. */
export function curlOf({ method, path, headers }: Request, between: ' ' | typeof inLines = ' '): string {
  return [
    'curl -i',
    ...(method === 'GET' ? [] : [`-X ${quoted(method)}`]),
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    `"$EDGE"${quoted(path)}`,
  ].join(between)
}

/** One word of a POSIX shell, whatever is in it. */
export function quoted(text: string): string {
  return `'${escapeLine(text).replaceAll("'", "'\\''")}'`
}
