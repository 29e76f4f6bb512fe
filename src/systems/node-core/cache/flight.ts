import { type Controller, type Handler, type ResponseHeaders, relay } from '../upstream/relay.ts'

interface Head {
  readonly status: number
  readonly headers: ResponseHeaders
  readonly message: string | undefined
}

/**
 * One answer of the origin on its way to several requests. Each reads at its own pace from what has arrived, so that
 * nobody waits for a slow client. Beyond `limit` bytes nothing is buffered any more, and the slowest reader sets the pace.
 */
export class Flight {
  head: Head | undefined
  chunks: Buffer[] = []
  trailers: ResponseHeaders | undefined
  error: Error | undefined
  isTooLarge = false
  readonly #readers = new Set<Reader>()
  readonly #limit: number
  readonly #over: () => void
  #size = 0
  #isHeld = true
  #source: Controller | undefined

  /** `over` is called when no further request can join. */
  constructor(limit: number, over: () => void) {
    this.#limit = limit
    this.#over = over
  }

  /** The one that reads the origin's answer. `decide` is called when its head has come. */
  source(opener: Handler, decide: () => void): Handler {
    const first = this.join(opener)
    first.isAdmitted = true
    return relay(opener, {
      onRequestStart: (controller) => {
        this.#source = controller
        if (this.#readers.size === 0) this.#abandon()
      },
      onResponseStart: (_, status, headers, message) => {
        this.head = { status, headers, message }
        first.read()
        decide()
        this.#flow()
      },
      onResponseData: (_, chunk) => {
        this.chunks.push(chunk)
        this.#size += chunk.length
        if (this.#size > this.#limit) {
          this.isTooLarge = true
          this.release()
        }
        this.#flow()
      },
      onResponseEnd: (_, trailers) => {
        this.trailers = trailers ?? {}
        this.#flow()
      },
      onResponseError: (_, error) => {
        this.error = error
        this.#over()
        this.#flow()
      },
    })
  }

  join(handler: Handler): Reader {
    const reader = new Reader(this, handler)
    this.#readers.add(reader)
    reader.start()
    return reader
  }

  /** What has come and what will come is for this reader too. */
  admit(reader: Reader): void {
    reader.isAdmitted = true
    reader.read()
  }

  /** It is not for this reader, who hears nothing more of it. */
  dismiss(reader: Reader): void {
    reader.isOver = true
    this.#readers.delete(reader)
  }

  /** Holds nothing any more for those who might join. */
  release(): void {
    this.#isHeld = false
    this.#over()
  }

  /** A reader has come to the end, or has gone. */
  left(reader: Reader, isDone: boolean): void {
    this.#readers.delete(reader)
    // By now the library has stored it: later requests find it there.
    if (isDone) this.#over()
    if (this.#readers.size > 0 || this.trailers || this.error) return this.turn()
    this.#abandon()
  }

  /** Keeps the origin's pace to that of the readers. */
  turn(): void {
    if (this.#isHeld) return
    const readers = [...this.#readers]
    const passed = Math.min(this.chunks.length, ...readers.map(({ at }) => at))
    this.chunks.splice(0, passed)
    for (const reader of readers) reader.at -= passed
    if (readers.some(({ isPaused }) => isPaused)) this.#source?.pause()
    else this.#source?.resume()
  }

  #abandon(): void {
    this.#over()
    this.#source?.abort(new Error('nobody waits for this answer any more'))
  }

  #flow(): void {
    for (const reader of this.#readers) reader.read()
    this.turn()
  }
}

/** One request's view of a flight. */
export class Reader {
  /** How many chunks it has been given. */
  at = 0
  isAdmitted = false
  isPaused = false
  isOver = false
  readonly #flight: Flight
  readonly #handler: Handler
  #hasHead = false
  #isReading = false

  constructor(flight: Flight, handler: Handler) {
    this.#flight = flight
    this.#handler = handler
  }

  readonly #controller: Controller = {
    paused: false,
    aborted: false,
    reason: null,
    rawHeaders: null,
    rawTrailers: null,
    pause: () => {
      this.isPaused = true
    },
    resume: () => {
      this.isPaused = false
      this.read()
      this.#flight.turn()
    },
    abort: (reason) => {
      if (this.isOver) return
      this.#finish(false, () => this.#handler.onResponseError?.(this.#controller, reason))
    },
  }

  start(): void {
    this.#guarded(() => this.#handler.onRequestStart?.(this.#controller, null))
  }

  /** Passes on what has arrived since. */
  read(): void {
    const { head, error } = this.#flight
    if (this.#isReading || this.isOver || !(this.isAdmitted || error)) return
    this.#isReading = true
    this.#guarded(() => {
      if (head && !this.#hasHead) {
        this.#hasHead = true
        this.#handler.onResponseStart?.(this.#controller, head.status, head.headers, head.message)
      }
      while (!this.isPaused && !this.isOver && this.at < this.#flight.chunks.length)
        this.#handler.onResponseData?.(this.#controller, this.#flight.chunks[this.at++]!)
    })
    this.#isReading = false
    const { trailers, chunks } = this.#flight
    if (error && !this.isOver) this.#finish(true, () => this.#handler.onResponseError?.(this.#controller, error))
    else if (trailers && !this.isOver && this.at === chunks.length)
      this.#finish(true, () => this.#handler.onResponseEnd?.(this.#controller, trailers))
  }

  #finish(isDone: boolean, last: () => void): void {
    this.isOver = true
    this.#guarded(last)
    this.#flight.left(this, isDone)
  }

  /** An error of one reader's handler ends that reader only. */
  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (this.isOver) return
      this.#finish(false, () => this.#handler.onResponseError?.(this.#controller, error as Error))
    }
  }
}
