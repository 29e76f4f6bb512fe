/** Requests one by one → what a scenario needs of them all, in constant memory. */

import { hashOf } from '../paths/distinct.ts'
import { newPathTree, type PathTree } from '../paths/tree.ts'
import { isWord } from '../paths/words.ts'
import { copyOf, type Recorded } from '../recorded.ts'
import { type ClientKind, newClientKinds } from './clients.ts'
import { addOne, newRequestClass, type RequestClass, record } from './request-class.ts'
import { newSeconds, type Seconds } from './seconds.ts'

export interface Tally {
  add(recorded: Recorded): void
  /** Requests that are counted. */
  readonly requests: number
  readonly tree: PathTree<RequestClass>
  readonly seconds: Seconds
  /** Answered with 404 or 410, by who asked: for what is not kept, as scanners ask for anything. */
  readonly notFound: ReadonlyMap<ClientKind, number>
  /** Requests that a scenario cannot send, by the reason. */
  readonly leftOut: ReadonlyMap<string, number>
  /** Values in queries, none of which is kept. */
  readonly queryValues: number
  readonly userAgents: number
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

const mostNames = 32

export function newTally(): Tally {
  const tree = newPathTree<RequestClass>()
  const seconds = newSeconds()
  const clients = newClientKinds()
  const leftOut = new Map<string, number>()
  let requests = 0
  const notFound = new Map<ClientKind, number>()
  let queryValues = 0

  const addQuery = (names: Map<string, number>, query: string): void => {
    for (const pair of query.split('&', mostNames)) {
      if (pair === '') continue
      queryValues += 1
      const equals = pair.indexOf('=')
      const name = equals < 0 ? pair : pair.slice(0, equals)
      if (names.has(name)) addOne(names, name)
      else if (names.size < mostNames && equals > 0 && isWord(name)) names.set(copyOf(name), 1)
    }
  }

  return {
    add: (recorded) => {
      const { method, status } = recorded
      const target = pathAndQuery(recorded.target)
      if (target === undefined) return addOne(leftOut, 'not asked of a server for a path (CONNECT, OPTIONS *)')
      if (!methods.has(method)) return addOne(leftOut, 'methods that scenarios do not have')
      if (status > 0 && status < 200) return addOne(leftOut, 'turned into another protocol (WebSocket)')
      requests += 1
      seconds.add(recorded.atMs)
      if (status === 404 || status === 410) {
        addOne(notFound, clients.of(recorded.userAgent))
        return
      }
      const queryAt = target.indexOf('?')
      const path = queryAt < 0 ? target : target.slice(0, queryAt)
      const { branch, hasId } = tree.find(path)
      let of = branch.leaves.get(method)
      if (!of) {
        of = newRequestClass()
        branch.leaves.set(method, of)
      }
      of.count += 1
      addOne(of.statuses, status)
      addOne(of.clients, clients.of(recorded.userAgent))
      if (status < 300) record(of, 'bytes', recorded.bytes)
      record(of, 'sentBytes', recorded.sentBytes)
      record(of, 'tookMs', recorded.tookMs)
      if (hasId || queryAt >= 0) of.different.add(hashOf(target, hasId ? path.length : target.length))
      if (queryAt >= 0) addQuery(of.queryNames, target.slice(queryAt + 1))
    },
    get requests() {
      return requests
    },
    tree,
    seconds,
    notFound,
    leftOut,
    get queryValues() {
      return queryValues
    },
    get userAgents() {
      return clients.different
    },
  }
}

/** Of `/x?y` and `https://host/x?y#z`; undefined for anything else, as `*` and `host:443`. */
function pathAndQuery(target: string): string | undefined {
  const hash = target.indexOf('#')
  const text = hash < 0 ? target : target.slice(0, hash)
  if (text.charCodeAt(0) === 0x2f) return text
  const [, rest] = /^(?:https?|wss?):\/\/[^/?]*(.*)$/i.exec(text) ?? []
  return rest === undefined ? undefined : rest.startsWith('/') ? rest : `/${rest}`
}
