import { nodeImage } from '../node-core/image.ts'
import { type Launch, readyPath } from '../system.ts'
import { documentFile, stageFile } from './definition/compile.ts'

export const launch: Launch = {
  image: nodeImage,
  executable: { kind: 'program', program: 'aws-api-gateway' },
  args: ({ configDir }) => [`${configDir}/${documentFile}`, `${configDir}/${stageFile}`],
  readyPath,
}
