/**
 * The offline images: made from Debian packages, fetched binaries and the pinned Node, where no registry can be reached. mmdebstrap
 * writes a root file system as a tar archive, which the engine imports; nothing of a Dockerfile is needed.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { EdgeLabError } from '../../errors.ts'
import { images } from '../../systems/index.ts'
import type { BuildableImage, Wheel } from '../../systems/system.ts'
import { engine } from '../containers/engine.ts'
import { followEngine } from '../containers/engine-progress.ts'
import { openLogRing } from '../log-ring.ts'
import { findBinary } from '../processes/binaries.ts'
import type { Fetched } from '../wheels/fetch.ts'
import { inspectImage } from './table.ts'

/** The release whose NGINX the systems were written against. */
const release = 'trixie'
/** A hash of everything that an image was made from. */
const recipeLabel = 'edgelab.recipe'

const options = [
  '--variant=minbase',
  // Nobody reads manuals in there, in any language; who may copy what stays.
  ...['doc', 'man', 'info', 'locale'].map((folder) => `--dpkgopt=path-exclude=/usr/share/${folder}/*`),
  '--dpkgopt=path-include=/usr/share/doc/*/copyright',
]

/** The wheels whose binaries go into images: to be fetched first. */
export const wheelsOfImages: readonly Wheel[] = [
  ...new Set(images.flatMap((image) => (image.offline === null ? [] : (image.wheel ?? [])))),
]

/**
 * Builds what is not here yet, or was built by another recipe; leaves out what would hold a binary that is not among the
 * fetched. Throws EdgeLabError `binaryMissing` and `imageBuild`.
 */
export async function buildImages(
  fetched: ReadonlyMap<Wheel, Pick<Fetched, 'path' | 'sha256'>>,
  report: (line: string) => void,
): Promise<void> {
  const builder = findBinary(['mmdebstrap'])
  if (!builder) throw new EdgeLabError('binaryMissing', { binary: 'mmdebstrap', hint: 'apt-get install mmdebstrap' })
  for (const image of images) {
    if (image.offline === null) {
      report(`${image.pinned}: from a registry only, as ${image.whyNotBuilt}`)
      continue
    }
    const binary = image.wheel && fetched.get(image.wheel)
    if (image.wheel && !binary) report(`${image.offline}: not built, for want of ${image.wheel.product}`)
    else await buildImage(builder, { image, binary }, report)
  }
}

interface Content {
  readonly image: BuildableImage
  readonly binary: Pick<Fetched, 'path' | 'sha256'> | undefined
}

async function buildImage(builder: string, content: Content, report: (line: string) => void): Promise<void> {
  const { offline, offlineIs } = content.image
  const recipe = recipeOf(content)
  const before = await inspectImage(offline)
  if (before?.labels[recipeLabel] === recipe) return report(`${offline}: here already`)
  report(`Building ${offline} (${offlineIs}); about 30 s …`)
  const log = openLogRing()
  const [repo, tag] = offline.split(':') as [string, string]
  // Built under a temporary tag, so that an interrupted build does not replace a working image.
  const draft = `building-${process.pid}`
  const child = spawn(builder, argumentsOf(content), { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stderr.on('data', log.add)
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const imported = async (): Promise<void> => {
    const changes = [
      `LABEL ${recipeLabel}=${recipe}`,
      'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ]
    await followEngine(await engine().importImage(child.stdout, { repo, tag: draft, changes }))
  }
  try {
    const [code] = await Promise.all([exit, imported()])
    if (code !== 0) throw new Error(`mmdebstrap ended with exit code ${code}`)
    await engine().getImage(`${repo}:${draft}`).tag({ repo, tag })
  } catch (cause) {
    child.kill()
    throw new EdgeLabError(
      'imageBuild',
      { image: offline, why: (cause as Error).message },
      { cause, logTail: log.tail(15) },
    )
  } finally {
    await forget(`${repo}:${draft}`)
  }
  if (before) await forget(before.digest)
  report(`${offline}: built`)
}

/** Takes a name away; the image goes with it where it has no other and nothing runs from it. */
async function forget(image: string): Promise<void> {
  await engine()
    .getImage(image)
    .remove()
    .catch(() => undefined)
}

function argumentsOf({ image: { packages, holdsNode }, binary }: Content): readonly string[] {
  const copied = [...(holdsNode ? [process.execPath] : []), ...(binary ? [binary.path] : [])]
  const hooks = copied.map(
    (path) => `--customize-hook=copy-in '${path.replaceAll("'", String.raw`'\''`)}' /usr/local/bin`,
  )
  const include = packages.length > 0 ? [`--include=${packages.join(',')}`] : []
  return [...options, ...include, ...hooks, release, '-']
}

function recipeOf({ image: { packages, holdsNode }, binary }: Content): string {
  const parts = [options, release, packages, process.arch, holdsNode ? process.version : '']
  if (binary) parts.push(binary.sha256)
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
