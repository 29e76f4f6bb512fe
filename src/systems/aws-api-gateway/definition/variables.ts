/** Origins as an API knows them: hosts in variables of the stage, so that one document serves every place. */

/** The name of the variable: one may not have a hyphen. */
export function variableOf(origin: string): string {
  return origin.replaceAll('-', '_')
}

export function hostOf(origin: string): string {
  return `${origin}.edgelab.internal`
}
