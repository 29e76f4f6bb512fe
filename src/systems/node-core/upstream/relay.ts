import type { Dispatcher } from 'undici'

export type Dispatch = Dispatcher['dispatch']
export type Options = Dispatcher.DispatchOptions
export type Handler = Dispatcher.DispatchHandler
export type Controller = Dispatcher.DispatchController
export type ResponseHeaders = Parameters<NonNullable<Handler['onResponseStart']>>[2]
/** One layer of undici's dispatching, see https://undici.nodejs.org/#/docs/api/Dispatcher.md?id=dispatchercomposeinterceptors-interceptor */
export type Interceptor = Dispatcher.DispatcherComposeInterceptor

/** A handler that passes everything on, but for what `changes` does otherwise. */
export function relay(handler: Handler, changes: Handler): Handler {
  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onRequestUpgrade: (controller, status, headers, socket) =>
      handler.onRequestUpgrade?.(controller, status, headers, socket),
    onResponseStart: (controller, status, headers, message) =>
      handler.onResponseStart?.(controller, status, headers, message),
    onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
    onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
    onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
    ...changes,
  }
}

export type RequestHeaders = Record<string, string | string[] | undefined>

/** The headers of dispatch options as a plain record; reply-from always gives one. */
export function headersOf(options: Options): RequestHeaders {
  return options.headers as RequestHeaders
}
