/**
 * The offline images: made from Debian packages and the pinned Node, where no registry can be reached. mmdebstrap writes
 * a root file system as a tar archive, which the engine imports; nothing of a Dockerfile is needed.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { LabError } from '../errors.ts'
import type { ImageName } from '../systems/system.ts'
import { findBinary } from './binaries.ts'
import { engine } from './engine.ts'
import { imageTable } from './images.ts'
import { openLogRing } from './log-ring.ts'

/** The release whose NGINX the systems were written against. */
const release = 'trixie'
const recipeLabel = 'edgelab.recipe'

const packages = {
  node: ['libstdc++6'],
  nginx: ['nginx-light'],
  openresty: ['nginx-light', 'libnginx-mod-http-lua', 'lua-cjson'],
} as const satisfies Record<ImageName, readonly string[]>

/** Builds what is not here yet, or was built by another recipe. Throws LabError `binaryMissing` and `imageBuild`. */
export async function buildImages(report: (line: string) => void): Promise<void> {
  const builder = findBinary(['mmdebstrap'])
  if (!builder) throw new LabError('binaryMissing', { binary: 'mmdebstrap', hint: 'apt-get install mmdebstrap' })
  for (const name of Object.keys(imageTable) as ImageName[]) await buildImage(builder, name, report)
}

async function buildImage(builder: string, name: ImageName, report: (line: string) => void): Promise<void> {
  const { offline, offlineIs } = imageTable[name]
  const args = argumentsOf(name)
  const recipe = createHash('sha256')
    .update(JSON.stringify([args, process.version]))
    .digest('hex')
    .slice(0, 16)
  const here = await engine
    .getImage(offline)
    .inspect()
    .catch(() => undefined)
  if (here?.Config.Labels?.[recipeLabel] === recipe) return report(`${offline}: here already`)
  report(`Building ${offline} (${offlineIs}); about 20 s …`)
  const log = openLogRing()
  const child = spawn(builder, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stderr.on('data', log.add)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [repo, tag] = offline.split(':')
  try {
    const changes = [
      `LABEL ${recipeLabel}=${recipe}`,
      'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ]
    const imported = await engine.importImage(child.stdout, { repo, tag, changes })
    await new Promise<void>((resolve, reject) => {
      engine.modem.followProgress(imported, (error) => (error ? reject(error) : resolve()))
    })
    const code = await ended
    if (code !== 0) throw new Error(`mmdebstrap ended with exit code ${code}`)
  } catch (cause) {
    child.kill()
    // A tar archive that was cut may still have been imported.
    await engine
      .getImage(offline)
      .remove({ force: true })
      .catch(() => undefined)
    throw new LabError(
      'imageBuild',
      { image: offline, why: (cause as Error).message },
      { cause, logTail: log.tail(15) },
    )
  }
  report(`${offline}: built`)
}

function argumentsOf(name: ImageName): readonly string[] {
  const hooks = name === 'node' ? [`--customize-hook=copy-in ${process.execPath} /usr/local/bin`] : []
  return ['--variant=minbase', `--include=${packages[name].join(',')}`, ...hooks, release, '-']
}
