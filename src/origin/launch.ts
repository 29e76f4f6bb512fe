import { nodeImage } from '../systems/node-core/image.ts'
import type { Launch, NativeFile } from '../systems/system.ts'
import { type OriginSpec, originControl } from './spec.ts'

const configFile = 'origin.json'

export const originLaunch: Launch = {
  image: nodeImage,
  executable: { kind: 'program', program: 'origin' },
  args: ({ configDir }) => [`${configDir}/${configFile}`],
  readyPath: originControl.ready,
}

/** For one program, which is as many instances as there are specs; the first listens where the part's place says. */
export function originFiles(...specs: readonly OriginSpec[]): readonly NativeFile[] {
  return [{ path: configFile, language: 'json', text: JSON.stringify(specs) }]
}
