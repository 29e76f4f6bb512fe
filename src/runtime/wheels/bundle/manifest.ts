/**
 * What an archive for a room without internet holds: a tar of the wheels of products as their index has them, of the
 * container images of this machine as the engine gives them out, and a list of both. Whoever unpacks it believes nothing of
 * the list: names, versions and hashes of wheels must be those that EdgeLab pins, and images bear no other names than those
 * of EdgeLab's own.
 */
import { z } from 'zod'

export const manifestName = 'edgelab-bundle.json'
export const imagesName = 'images.tar'

/** As indexes call wheels: no path, no blank, no dash at the beginning. */
const wheelName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}\.whl$/)

/** By its id of the engine that gave it out. */
const imageSchema = z.strictObject({ tag: z.string().max(200), id: z.string().regex(/^sha256:[0-9a-f]{64}$/) })
export type BundledImage = z.infer<typeof imageSchema>

export const manifestSchema = z
  .strictObject({
    formatVersion: z.literal(1),
    /** What the wheels are for: `linux x64`. */
    platform: z.string().max(60),
    wheels: z
      .array(z.strictObject({ product: z.string().max(60), version: z.string().max(60), file: wheelName }))
      .max(40),
    images: z.array(imageSchema).max(60),
  })
  .refine(({ wheels, images }) => wheels.length + images.length > 0, 'it lists nothing')
export type Manifest = z.infer<typeof manifestSchema>

export const thisPlatform = `${process.platform} ${process.arch}`

/** The files beside the list. */
export function filesOf({ wheels, images }: Manifest): readonly string[] {
  return [...wheels.map(({ file }) => file), ...(images.length > 0 ? [imagesName] : [])]
}
