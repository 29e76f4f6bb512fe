/** What a template sets by `$context.requestOverride` and `$context.responseOverride`. */
export interface Overrides {
  /** Two members for `$context`. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly request: Readonly<Record<'header' | 'querystring' | 'path', ReadonlyMap<string, string>>>
  readonly response: {
    readonly header: ReadonlyMap<string, string>
    readonly status: () => number | undefined
  }
}

export function collectOverrides(): Overrides {
  const header = settable()
  const querystring = settable()
  const path = settable()
  const answerHeader = settable()
  const answer = settable()
  return {
    variables: {
      requestOverride: { header: header.target, querystring: querystring.target, path: path.target },
      responseOverride: new Proxy(answer.target, {
        get: (target, name) => (name === 'header' ? answerHeader.target : Reflect.get(target, name)),
      }),
    },
    request: { header: header.values, querystring: querystring.values, path: path.values },
    response: {
      header: answerHeader.values,
      status: () => {
        const status = Number(answer.values.get('status'))
        return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined
      },
    },
  }
}

/** An override is final: setting one twice is an error of the API. Names are never those of an object’s own members. */
function settable(): { readonly target: object; readonly values: ReadonlyMap<string, string> } {
  const values = new Map<string, string>()
  const target = new Proxy(Object.create(null) as object, {
    get: (_, name) => values.get(String(name)),
    set: (_, name, value) => {
      if (values.has(String(name))) throw new Error(`${String(name)} is overridden twice`)
      values.set(String(name), String(value))
      return true
    },
  })
  return { target, values }
}
