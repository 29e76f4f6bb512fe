/** A recording as it lies on the disk: its bytes, unpacked, and how far the reading has come. */
import { createReadStream, open } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Socket } from 'node:net'
import { pipeline, Readable, type Transform } from 'node:stream'
import { promisify } from 'node:util'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { EdgeLabError } from '../errors.ts'
import { whyUnreadable } from '../text-file.ts'

export interface Source {
  /** Unpacked. Throws EdgeLabError `recordingUnreadable` where the bytes cannot be had or unpacked. */
  readonly chunks: AsyncIterable<Buffer>
  /** Of the file as it is; 0 where nobody knows, as of a pipe. */
  readonly bytes: number
  /** Of these, read so far. */
  readonly readBytes: () => number
}

/** Larger ones would become strings that only a full collection of garbage takes away: twice the memory. */
const chunkSize = 64 * 1024

/** Throws EdgeLabError `recordingUnreadable`. */
export async function openSource(path: string, signal: AbortSignal): Promise<Source> {
  try {
    const stats = await stat(path)
    const file = stats.isFIFO() ? await openPipe(path) : createReadStream(path, { highWaterMark: chunkSize })
    const chunks = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>
    return { chunks: unlessAborted(unpacked(path, chunks), signal), bytes: stats.size, readBytes: () => file.bytesRead }
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

/** As a socket, which waits for more without a thread: one that reads from a quiet pipe keeps the process from ending. */
async function openPipe(path: string): Promise<Socket> {
  return new Socket({ fd: await promisify(open)(path, 'r'), readable: true, writable: false })
}

/** What is being read from a pipe cannot be called back: whoever asks to stop does not wait for it. */
async function* unlessAborted(chunks: AsyncGenerator<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  // One listener for all: what raced against one promise would be held by it, chunk by chunk.
  let stop: (reason: unknown) => void = () => undefined
  signal.addEventListener('abort', () => stop(signal.reason))
  try {
    for (;;) {
      signal.throwIfAborted()
      const { value, done } = await new Promise<IteratorResult<Buffer>>((resolve, reject) => {
        stop = reject
        chunks.next().then(resolve, reject)
      })
      if (done) return
      yield value
    }
  } finally {
    // Closes the file, as soon as nothing is being read of it.
    chunks.return(undefined).catch(() => undefined)
  }
}

async function* unpacked(path: string, following: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    const first = await following.next()
    if (first.done) return
    const whole = (async function* () {
      yield first.value
      yield* { [Symbol.asyncIterator]: () => following }
    })()
    const unpack = unpackerOf(first.value)
    if (!unpack) return yield* whole
    // What ends the one ends the other; the iteration over what comes out throws why.
    yield* pipeline(Readable.from(whole), unpack, () => undefined) as AsyncIterable<Buffer>
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

/** gzip and zstd are known by their first bytes (RFC 1952 §2.3.1, RFC 8878 §3.1.1), whatever the file is called. */
function unpackerOf(first: Buffer): Transform | undefined {
  if (first.subarray(0, 2).toString('hex') === '1f8b') return createGunzip({ chunkSize })
  if (first.subarray(0, 4).toString('hex') === '28b52ffd') return createZstdDecompress({ chunkSize })
  return undefined
}

function unreadable(path: string, cause: unknown): EdgeLabError {
  const { code = '' } = cause as NodeJS.ErrnoException
  const why =
    code === 'Z_BUF_ERROR'
      ? 'it is packed, and ends before its end: the file is not whole'
      : /^(?:Z_|ZSTD|ERR_ZSTD)/.test(code)
        ? 'it begins as a packed file does and cannot be unpacked'
        : whyUnreadable(cause)
  return new EdgeLabError('recordingUnreadable', { path, why }, { cause })
}
