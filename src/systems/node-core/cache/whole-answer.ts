import { type Controller, type Handler, type ResponseHeaders, relay } from '../upstream/relay.ts'

/** An answer in one piece. */
export interface WholeAnswer {
  readonly status: number
  readonly headers: ResponseHeaders
  readonly body: Buffer
}

/**
 * Collects the whole body of those answers that `wanted` names and hands `change`d ones on at once; others pass as they
 * come. What `change` throws, and a body above `limit` bytes, becomes the request's error.
 */
export function wholeAnswers(
  handler: Handler,
  limit: number,
  wanted: (status: number, headers: ResponseHeaders) => boolean,
  change: (answer: WholeAnswer) => WholeAnswer,
): Handler {
  let start:
    | { readonly status: number; readonly headers: ResponseHeaders; readonly message: string | undefined }
    | undefined
  let size = 0
  const chunks: Buffer[] = []
  return relay(handler, {
    onResponseStart: (controller, status, headers, message) => {
      if (wanted(status, headers)) start = { status, headers, message }
      else handler.onResponseStart?.(controller, status, headers, message)
    },
    onResponseData: (controller, chunk) => {
      if (!start) return handler.onResponseData?.(controller, chunk)
      size += chunk.length
      if (size > limit) controller.abort(new Error(`the answer is larger than ${limit} bytes`))
      else chunks.push(chunk)
    },
    onResponseEnd: (controller, trailers) => {
      if (!start) return handler.onResponseEnd?.(controller, trailers)
      let answer: WholeAnswer
      try {
        answer = change({ status: start.status, headers: start.headers, body: Buffer.concat(chunks) })
      } catch (error) {
        handler.onResponseError?.(controller, error as Error)
        return
      }
      // The answer is complete, so there is nothing left to pause: a pause would stop the connection's next answer.
      const settled = settledController(controller)
      handler.onResponseStart?.(settled, answer.status, answer.headers, start.message)
      if (answer.body.length > 0) handler.onResponseData?.(settled, answer.body)
      handler.onResponseEnd?.(settled, trailers)
    },
  })
}

function settledController(controller: Controller): Controller {
  return {
    paused: false,
    aborted: false,
    reason: null,
    rawHeaders: controller.rawHeaders ?? null,
    rawTrailers: controller.rawTrailers ?? null,
    abort() {},
    pause() {},
    resume() {},
  }
}
