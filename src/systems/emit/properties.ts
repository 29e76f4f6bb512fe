/** Writes `name = value` files, as several products take their settings. */

export interface Property {
  readonly name: string
  readonly value: string
  /** Stands above it, a line of it for each. */
  readonly comment?: string
}

/** A `#` begins a comment wherever it stands: in a value it is escaped. Throws TypeError for what no line can hold. */
export function writeProperties(properties: readonly Property[]): string {
  return properties
    .map(({ name, value, comment }) => {
      if (/[\r\n\0]/.test(value)) throw new TypeError(`this value cannot be written: ${JSON.stringify(value)}`)
      const above = comment === undefined ? '' : `${comment.replaceAll(/^/gm, '# ')}\n`
      return `${above}${name} = ${value.replaceAll('#', '\\#')}\n`
    })
    .join('')
}
