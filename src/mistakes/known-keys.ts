/** Which keys a schema knows at a place, so that a wrong one can be answered with the one that was meant. */

interface Inner {
  readonly def: {
    readonly innerType?: unknown
    readonly element?: unknown
    readonly valueType?: unknown
    readonly in?: unknown
    readonly options?: readonly unknown[]
    readonly discriminator?: string
  }
  readonly shape?: Record<PropertyKey, unknown>
}

/** `value` is the whole document: of a tagged union it tells which form is meant. */
export function knownKeys(schema: unknown, path: readonly PropertyKey[], value: unknown): readonly string[] {
  let inner = unwrapped(schema, value)
  let given = value
  for (const key of path) {
    given = (given as Record<PropertyKey, unknown> | undefined)?.[key]
    inner = unwrapped(inner.shape?.[key] ?? inner.def.element ?? inner.def.valueType, given)
  }
  return inner.shape ? Object.keys(inner.shape) : []
}

/** Through optional, default, pipe and union, to what has keys or elements; of a tagged union, the form that is meant. */
function unwrapped(schema: unknown, value: unknown): Inner {
  let inner = schema as Inner | undefined
  for (;;) {
    const { innerType, in: input, options, discriminator } = inner?.def ?? {}
    const next = innerType ?? input ?? (options && chosen(options, discriminator, value))
    if (!next) return inner ?? { def: {} }
    inner = next as Inner
  }
}

function chosen(options: readonly unknown[], discriminator: string | undefined, value: unknown): unknown {
  if (discriminator === undefined) return options.at(-1)
  const tag = (value as Record<string, unknown> | null | undefined)?.[discriminator]
  return options.find((option) => {
    const literal = unwrapped(option, value).shape?.[discriminator] as { readonly value?: unknown } | undefined
    return literal?.value === tag
  })
}
