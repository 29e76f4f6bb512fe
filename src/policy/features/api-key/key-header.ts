/** Request headers that already mean something: to HTTP (RFC 9110, 9111, 9112 and Fetch), or to the edge itself. */
const taken =
  /^(?:accept(?:-.+)?|access-control-.+|age|alt-used|cache-control|connection|content-.+|cookie2?|date|expect|forwarded|from|host|http2-settings|if-.+|keep-alive|max-forwards|origin|pragma|priority|proxy-.+|range|referer|sec-.+|te|trailer|transfer-encoding|upgrade|user-agent|via|x-consumer|x-edge-.+|x-forwarded-.+|x-real-ip)$/

/** Why a header cannot carry a key, and what to write; undefined where it can. Authorization is made for it. */
export function keyHeaderMistake(name: string): string | undefined {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) return `“${name}” is not a header name: use a–z, 0–9 and -`
  return taken.test(name)
    ? `“${name}” cannot carry a key, because HTTP or the edge itself uses that header: write x-api-key, authorization or a name of your own`
    : undefined
}
