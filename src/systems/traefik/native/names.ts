/** Names of a policy as names in Traefik's configuration, where `@` would mean another provider. */

/** Letters, digits and hyphens stay, any other byte becomes `_` and two hex digits: no two names become one. */
export function nameOf(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return /[A-Za-z0-9-]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`
    })
    .join('')
}

/** `limit`, `limit.2`, `limit.3` …: the first of its kind needs no number. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}.${index + 1}`
}
