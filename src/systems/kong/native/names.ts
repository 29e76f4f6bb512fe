/** How what a policy names is called in Kong's configuration. */

/** The route of a location: its place, and as much of its path as a name may have. */
export function routeName(path: string, index: number): string {
  const readable = path.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')
  return [`location-${index + 1}`, readable].filter(Boolean).join('-')
}

/** The group of those whose keys one apiKey line takes. */
export function keyGroup(index: number): string {
  return `api-key-${index + 1}`
}
