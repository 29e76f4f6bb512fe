/** A request as a learner types it: `GET /products/7 as alice with accept: text/html`. */
import { EdgeLabError } from '../../../errors.ts'
import type { HeaderList } from '../../../http/headers.ts'
import { suggestion } from '../../../mistakes/words.ts'
import type { Name } from '../../../policy/policy.ts'
import { headersInput } from '../../../scenario/requests/request-input.ts'
import type { TryRequest } from '../../run/attempt.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** The form, for whoever is asked for a request. */
export const requestForm = 'GET /path as <client> with <header>: <value>'

const longestPath = 2000

/**
 * Method (GET where left out), path, then `as <client>` and `with <header>: <value>`, both optional, the latter more than
 * once. Throws EdgeLabError `requestUnclear` with every mistake.
 */
export function readRequest(text: string, clients: readonly Name[]): TryRequest {
  // A header's value may have any word in it: it ends where the next header begins.
  const [head = '', ...written] = ` ${text.trim()}`.split(/\s+with\s+(?=[^\s:]+\s*:)/i)
  const words = head.split(/\s+/).filter((word) => word !== '')
  const problems: string[] = []
  const method = words[0]?.startsWith('/') ? 'GET' : readMethod(words.shift(), problems)
  const path = readPath(words[0]?.toLowerCase() === 'as' ? undefined : words.shift(), problems)
  const client = words[0]?.toLowerCase() === 'as' ? readClient(words.splice(0, 2)[1], clients, problems) : null
  if (words.length > 0) problems.push(`“${words.join(' ')}” is not understood: ${whereItBelongs(words)}.`)
  const headers = readHeaders(written, problems)
  if (problems.length > 0) throw new EdgeLabError('requestUnclear', { what: problems.join(' '), form: requestForm })
  return { method, path, headers, client }
}

/** As it was understood: what is kept and shown. */
export function requestText({ method, path, headers, client }: TryRequest): string {
  const as = client === null ? '' : ` as ${client}`
  return `${method} ${path}${as}${headers.map(([name, value]) => ` with ${name}: ${value}`).join('')}`
}

function readMethod(word: string | undefined, problems: string[]): string {
  const method = word?.toUpperCase()
  if (method === undefined) problems.push('There is no request yet.')
  else if (!methods.includes(method))
    problems.push(
      sentence(`“${word}” is neither a path, which begins with /, nor a method${suggestion(method, methods)}`),
    )
  return method ?? 'GET'
}

function readPath(word: string | undefined, problems: string[]): string {
  // Without a first word that is said already.
  if (word === undefined) {
    if (problems.length === 0) problems.push('The path is missing: it begins with /.')
    return '/'
  }
  if (!/^\/[\x21-\x7e]*$/.test(word))
    problems.push(`“${word}” is not a path: it begins with /, and is written in ASCII without blanks.`)
  else if (word.length > longestPath) problems.push(`The path has more than ${longestPath} characters.`)
  return word
}

function readClient(word: string | undefined, clients: readonly Name[], problems: string[]): Name | null {
  if (word === undefined) problems.push(`After “as” the client is missing${listed(clients)}.`)
  else if (!clients.includes(word))
    problems.push(sentence(`“${word}” is not a client of this lab${suggestion(word, clients)}`))
  return word ?? null
}

function readHeaders(written: readonly string[], problems: string[]): HeaderList {
  const pairs = written.map((header) => {
    const colon = header.indexOf(':')
    return [header.slice(0, colon).trim().toLowerCase(), header.slice(colon + 1).trim()] as const
  })
  for (const pair of pairs) {
    const { error } = headersInput.safeParse(Object.fromEntries([pair]))
    // What is wrong with a name lies one deeper than what is wrong with a value.
    const mistakes = (error?.issues ?? []).flatMap((issue) => (issue.code === 'invalid_key' ? issue.issues : [issue]))
    for (const { message } of mistakes) problems.push(`${pair[0]}: ${message}.`)
  }
  const twice = pairs.find(([name], at) => pairs.some((other, index) => index < at && other[0] === name))
  if (twice) problems.push(`“${twice[0]}” is written twice.`)
  return pairs
}

function listed(clients: readonly Name[]): string {
  return clients.length === 0 ? '' : `; known are ${clients.join(', ')}`
}

/** A suggestion ends as the question that it is. */
function sentence(text: string): string {
  return text.endsWith('?') ? text : `${text}.`
}

function whereItBelongs([word = '']: readonly string[]): string {
  return word.toLowerCase() === 'with'
    ? 'a header is written as “with accept: text/html”'
    : 'after the path come “as” and “with”'
}
