/** What the emulator answers, before it is sent. */
export interface Answer {
  readonly status: number
  readonly headers: HeaderMap
  readonly body: Buffer
}

/** Names in lower case. */
export type HeaderMap = Readonly<Record<string, string | readonly string[]>>
