import type { Launch, NativeFile } from '../systems/system.ts'
import { type OriginSpec, originReady } from './spec.ts'

const specFile = 'origin.json'

export const originLaunch: Launch = {
  image: 'node',
  executable: { kind: 'program', program: 'origin' },
  args: ({ configDir }) => [`${configDir}/${specFile}`],
  readyPath: originReady,
}

export function originFiles(spec: OriginSpec): readonly NativeFile[] {
  return [{ path: specFile, language: 'json', text: JSON.stringify(spec) }]
}
