/**
 * The one form in which paths are written, in policies, for origins and in traffic: decoded, composed (NFC), without dot
 * segments, empty segments and backslashes. Systems compare it with what they decode of a request; the driver encodes it.
 */

const longest = 200

/** What is wrong with a path as it was written, and how to write it; undefined where nothing is. */
export function pathMistake(text: string): string | undefined {
  const say = (what: string): string => `“${text}” ${what}`
  if (!/^\/[^\s?#\u0000-\u001f\u007f]*$/u.test(text) || text.length > longest || !text.isWellFormed())
    return say('is not a path: begin with /, without query, spaces, control characters or ..')
  if (text.includes('%')) return say(`is percent-encoded, and paths are written decoded: ${decodedOf(text)}`)
  if (text.includes('\\')) return say('has a backslash, which some programs take for a slash: leave it out')
  if (text.includes('//'))
    return say('has an empty segment, which some systems merge and others do not: write one slash')
  if (text.split('/').some((segment) => segment === '..' || segment === '.'))
    return say('has a dot segment: write the path that it leads to')
  const composed = text.normalize('NFC')
  return text === composed ? undefined : say(`has letters in parts (NFD): write them composed, ${composed}`)
}

function decodedOf(text: string): string {
  try {
    const decoded = decodeURIComponent(text)
    if (pathMistake(decoded) === undefined && decoded.split('/').length === text.split('/').length)
      return `write ${decoded}`
  } catch {
    // Not UTF-8: there is no text to write for it.
  }
  return 'what stands there for % cannot be part of one'
}
