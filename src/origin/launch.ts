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

export function originFiles(spec: OriginSpec): readonly NativeFile[] {
  return [{ path: configFile, language: 'json', text: JSON.stringify(spec) }]
}
