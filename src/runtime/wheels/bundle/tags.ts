/** What the images of an archive would be called, as every engine sees it: else one could take the name of a user's image. */
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { type Content, type Member, membersOf } from './archive.ts'

/** Files of an archive of images: a handful for each layer. */
const mostMembers = 5000
const mostOfList = 4 * 1024 * 1024

/** As engines list them, older ones in the first file, newer ones in both. */
const lists = {
  'manifest.json': z.array(z.object({ RepoTags: z.array(z.string()).nullish() })),
  'index.json': z.object({
    manifests: z.array(z.object({ annotations: z.record(z.string(), z.string()).nullish() })),
  }),
} as const
type ListName = keyof typeof lists

/** The full name of an image, where an index gives one; without the first, engines take the second for it. */
const namesOf = ['io.containerd.image.name', 'org.opencontainers.image.ref.name'] as const

/** As engines name files. They take `./manifest.json` for `manifest.json`, and unpack what begins with the bytes of gzip. */
const usualName = /^\w[\w.-]*(?:\/\w[\w.-]*)*$/

/** What the images of an archive of `docker save` would be called. Rejects where it is none. */
export async function tagsIn(content: Content): Promise<readonly string[]> {
  const texts = new Map<string, string>()
  const members = await membersOf(content, mostMembers, (member, held) => {
    const path = pathOf(member)
    // A record about the next member could give it another name than the one that is seen here.
    if (member.kind === 'other') throw new Error('its images hold something that is no file')
    if (!usualName.test(path)) throw new Error(`its images hold “${member.name}”, which no container engine writes`)
    if (!Object.hasOwn(lists, path)) return undefined
    // Of two with one name, readers differ in which they take.
    if (member.kind !== 'file' || member.bytes > mostOfList || texts.has(path)) {
      throw new Error(`the ${path} of its images is not one file of a usual size`)
    }
    return text(held).then((found) => {
      texts.set(path, found)
    })
  })
  holdLinks(members)
  const tagged = listIn(texts, 'manifest.json')
  if (tagged === undefined) throw new Error('its images are no archive of a container engine')
  const indexed = listIn(texts, 'index.json')?.manifests ?? []
  const names = [
    ...tagged.flatMap(({ RepoTags }) => RepoTags ?? []),
    ...indexed.flatMap(({ annotations }) => namesOf.map((name) => annotations?.[name]).find(Boolean) ?? []),
  ]
  return [...new Set(names.map(shortName))]
}

function pathOf({ name, kind }: Member): string {
  return kind === 'folder' ? name.replace(/\/$/, '') : name
}

/** A file below a link is written to where that leads: to a list, for one. */
function holdLinks(members: readonly Member[]): void {
  const links = members.filter(({ kind }) => kind === 'link').map(({ name }) => `${name}/`)
  const below = members.find(({ name }) => links.some((link) => name.startsWith(link)))
  if (below) throw new Error(`its images hold “${below.name}”, which is below a link`)
}

/** `docker.io/library/nginx:1` is `nginx:1`. */
function shortName(name: string): string {
  return name.replace(/^docker\.io\//, '').replace(/^library\//, '')
}

function listIn<Name extends ListName>(
  texts: ReadonlyMap<string, string>,
  name: Name,
): z.infer<(typeof lists)[Name]> | undefined {
  const found = texts.get(name)
  if (found === undefined) return undefined
  const read = lists[name].safeParse(jsonIn(found))
  if (!read.success) throw new Error(`the ${name} of its images is not as container engines write it`)
  return read.data as z.infer<(typeof lists)[Name]>
}

/** What every reader finds in it; undefined where they could differ. */
function jsonIn(found: string): unknown {
  try {
    const value: unknown = JSON.parse(found, (key, part) => {
      if (inAnyCase.test(key) && !keys.includes(key)) throw new Error(`engines take ${key} for another key`)
      return part
    })
    // Of two values of one key, some readers take the last, and some make one of both.
    return bare(JSON.stringify(value)) === bare(found) ? value : undefined
  } catch {
    return undefined
  }
}

const keys = ['RepoTags', 'manifests', 'annotations']
const inAnyCase = new RegExp(`^(?:${keys.join('|')})$`, 'iu')

/** Without what can be written in several ways: space, and the three characters that engines escape. */
function bare(json: string): string {
  return json
    .replaceAll(/\s/g, '')
    .replaceAll(/\\u00(26|3c|3e)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
