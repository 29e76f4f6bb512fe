/**
 * What an archive for a room without internet holds: a tar of the wheels of products as their index has them, and a list of
 * them. Whoever unpacks it believes nothing of the list: names, versions and hashes must be those that EdgeLab pins.
 */
import { z } from 'zod'

export const manifestName = 'edgelab-bundle.json'

/** As indexes call wheels: no path, no blank, no dash at the beginning. */
const wheelName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}\.whl$/)

export const manifestSchema = z.strictObject({
  formatVersion: z.literal(1),
  /** What the wheels are for: `linux x64`. */
  platform: z.string().max(60),
  wheels: z
    .array(z.strictObject({ product: z.string().max(60), version: z.string().max(60), file: wheelName }))
    .min(1)
    .max(40),
})
export type Manifest = z.infer<typeof manifestSchema>

export const thisPlatform = `${process.platform} ${process.arch}`
