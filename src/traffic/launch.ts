import { nodeImage } from '../systems/node-core/image.ts'
import type { Launch, NativeFile } from '../systems/system.ts'
import { type DriverConfig, driverControl } from './plan.ts'

const configFile = 'driver.json'

export const driverLaunch: Launch = {
  image: nodeImage,
  executable: { kind: 'program', program: 'driver' },
  args: ({ configDir }) => [`${configDir}/${configFile}`],
  readyPath: driverControl.ready,
}

export function driverFiles(config: DriverConfig): readonly NativeFile[] {
  return [{ path: configFile, language: 'json', text: JSON.stringify(config) }]
}
