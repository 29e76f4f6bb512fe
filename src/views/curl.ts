/** A request as a command that sends it again. */
import type { SentRequest } from '../comparison/finding.ts'
import { escapeLine } from './hostile.ts'

/** `$EDGE`: the address of the edge, which was only there during the run. Nothing in it can end its quotes. */
export function curlOf({ method, path, headers }: SentRequest): string {
  return [
    'curl -i',
    ...(method === 'GET' ? [] : ['-X', quoted(method)]),
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    `"$EDGE"${quoted(path)}`,
  ].join(' ')
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${escapeLine(text).replaceAll("'", "'\\''")}'`
}
