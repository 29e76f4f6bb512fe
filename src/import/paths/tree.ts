/**
 * Paths as a tree of segments in which everything that is no word is `{id}`, and so are words where too many different ones
 * stand in one place. Its size is bounded, whatever is asked for.
 */
import { copyOf } from '../recorded.ts'
import { isWhole, kindOf, type SegmentKind } from './words.ts'

export interface Branch<Leaf> {
  /** As it is written in a scenario: a word, or `{id}`. */
  readonly segment: string
  readonly children: Map<string, Branch<Leaf>>
  readonly requests: { count: number }
  /** What is known of requests that end here, by method. */
  readonly leaves: Map<string, Leaf>
}

export interface Found<Leaf> {
  readonly branch: Branch<Leaf>
  /** Whether anything stood in a place of `{id}`. */
  readonly hasId: boolean
}

export interface PathTree<Leaf> {
  readonly root: Branch<Leaf>
  /** Of a path, percent-encoded as it was sent. The answer is overwritten by the next call. */
  find(path: string): Found<Leaf>
  /** Segments that were replaced, by what they were. */
  readonly replaced: ReadonlyMap<SegmentKind, number>
}

export const anyId = '{id}'

const mostWordsInOnePlace = 64
const mostBranches = 2000
const deepest = 12

export function newPathTree<Leaf>(): PathTree<Leaf> {
  const root = newBranch<Leaf>('')
  const replaced = new Map<SegmentKind, number>()
  let branches = 1
  const found = { branch: root, hasId: false }

  const add = (parent: Branch<Leaf>, segment: string): Branch<Leaf> => {
    const there = parent.children.get(segment)
    if (there) return there
    const branch = newBranch<Leaf>(copyOf(segment))
    parent.children.set(branch.segment, branch)
    branches += 1
    return branch
  }

  const child = (parent: Branch<Leaf>, segment: string): Branch<Leaf> => {
    if (!isWhole(segment)) {
      const known = parent.children.get(segment)
      if (known && segment !== anyId) return known
    }
    const kind = kindOf(segment, parent.segment)
    const hasRoom = parent.children.size < mostWordsInOnePlace && branches < mostBranches
    if (kind === 'word' && hasRoom) return add(parent, segment)
    const why = kind === 'word' ? 'other' : kind
    replaced.set(why, (replaced.get(why) ?? 0) + 1)
    return add(parent, anyId)
  }

  return {
    root,
    replaced,
    find: (path) => {
      let branch = root
      let hasId = false
      root.requests.count += 1
      for (let from = 1, depth = 0; from < path.length && depth < deepest; depth += 1) {
        const slash = path.indexOf('/', from)
        const end = slash < 0 ? path.length : slash
        if (end > from) {
          const segment = path.slice(from, end)
          branch = child(branch, segment)
          branch.requests.count += 1
          hasId ||= branch.segment === anyId
        }
        from = end + 1
      }
      found.branch = branch
      found.hasId = hasId
      return found
    },
  }
}

function newBranch<Leaf>(segment: string): Branch<Leaf> {
  return { segment, children: new Map(), requests: { count: 0 }, leaves: new Map() }
}

/**
 * Makes words `{id}` that fewer than `least` requests had, and those of small part where a place is crowded: a name that
 * hardly anybody asked for is more likely to be somebody's. `merge` adds one leaf to another.
 */
export function prune<Leaf>(branch: Branch<Leaf>, least: number, merge: (into: Leaf, from: Leaf) => void): void {
  const words = [...branch.children.values()].filter(({ segment }) => segment !== anyId)
  const isCrowded = branch.children.size >= mostWordsInOnePlace
  const floor = isCrowded ? Math.max(least, branch.requests.count / 50) : least
  for (const word of words) {
    if (word.requests.count >= floor) continue
    branch.children.delete(word.segment)
    const there = branch.children.get(anyId) ?? newBranch<Leaf>(anyId)
    branch.children.set(anyId, there)
    graft(word, there, merge)
  }
  for (const each of branch.children.values()) prune(each, least, merge)
}

function graft<Leaf>(from: Branch<Leaf>, into: Branch<Leaf>, merge: (into: Leaf, from: Leaf) => void): void {
  into.requests.count += from.requests.count
  for (const [method, leaf] of from.leaves) {
    const there = into.leaves.get(method)
    if (there) merge(there, leaf)
    else into.leaves.set(method, leaf)
  }
  for (const [segment, branch] of from.children) {
    const there = into.children.get(segment)
    if (there) graft(branch, there, merge)
    else into.children.set(segment, branch)
  }
}
