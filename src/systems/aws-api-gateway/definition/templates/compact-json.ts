/** Strings are matched whole and kept, so that the white space in them is not found. */
export const compactJsonTemplate = String.raw`## The same JSON without the white space between its tokens.
#set($context.responseOverride.header.Content-Type = 'application/json; charset=utf-8')
$input.body.replaceAll('("[^"\\]*(?:[\\].[^"\\]*)*")|[ \t\n\r]+', '$1')`
