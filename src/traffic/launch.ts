import { nodeImage } from '../systems/node-core/image.ts'
import type { Launch, NativeFile } from '../systems/system.ts'
import { type DriverConfig, driverControl } from './plan.ts'

const configFile = 'driver.json'

/**
 * V8 doubles the space for new objects step by step while much is under way, and never gives it back: 50 MB more after
 * minutes at full speed. The driver’s objects die young; what it begins with is enough (Node, --max-semi-space-size).
 */
export const driverEnvironment = { NODE_OPTIONS: '--max-semi-space-size=2' } as const

export const driverLaunch: Launch = {
  image: nodeImage,
  executable: { kind: 'program', program: 'driver' },
  args: ({ configDir }) => [`${configDir}/${configFile}`],
  environment: () => driverEnvironment,
  readyPath: driverControl.ready,
}

export function driverFiles(config: DriverConfig): readonly NativeFile[] {
  return [{ path: configFile, language: 'json', text: JSON.stringify(config) }]
}
