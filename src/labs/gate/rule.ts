/** The result of one requirement that a lab must meet. */
export interface Rule {
  readonly name: string
  readonly kept: boolean
  /** What it was judged by, or what is wrong: a line each. */
  readonly details: readonly string[]
}

export function kept(name: string, ...details: readonly string[]): Rule {
  return { name, kept: true, details }
}

export function broken(name: string, ...details: readonly string[]): Rule {
  return { name, kept: false, details }
}

/** Kept if nothing is wrong. */
export function ruleOf(name: string, wrong: readonly string[], details: readonly string[] = []): Rule {
  return wrong.length === 0 ? kept(name, ...details) : broken(name, ...wrong)
}
