/**
 * A number that JSON.stringify writes exactly as it is given: beyond 2^53, or with the zeros of a price. JSON.rawJSON
 * is in Node since 21 (https://tc39.es/proposal-json-parse-with-source/) and not yet in TypeScript's library.
 */
export const exactNumber = (text: string): unknown =>
  (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text)
