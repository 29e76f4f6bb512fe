/** What a client's Accept header turns the origin's JSON into. `compact-json` is the same data without white space. */
export interface Representation {
  readonly accept: string
  readonly as: 'xml' | 'compact-json'
}

export interface Transform {
  readonly path: string
  readonly representations: readonly Representation[]
}
