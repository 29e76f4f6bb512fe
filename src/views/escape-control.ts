/**
 * Text that others wrote (answers, logs, version strings) made harmless to show: what would steer a screen is spelled
 * out.
 */

// C0 but line feed, DEL, C1; directional marks, overrides and isolates; line and paragraph separators; tag characters
// and halves of surrogate pairs, which are invisible or make the output invalid.
const steering =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu
// Fillers, soft hyphens, joiners: they are invisible, and terminals do not agree on their width. Not those that hold
// emoji and scripts together: zero-width joiner and non-joiner, variation selectors.
const invisible = /(?!\p{Join_Control}|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu

/**
 * Every control, bidirectional formatting and invisible character as a visible escape (`\x1b`, `\u202e`, `\xad`), so
 * that a captured body can neither move the cursor nor reorder or hide what is read. Line feeds stay; carriage returns
 * before them go; tabs become blanks.
 */
export function escapeControl(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\t', '  ').replace(steering, spelled).replace(invisible, spelled)
}

/** As `escapeControl`, for text that must stay on one line. */
export function escapeLine(text: string): string {
  return escapeControl(text).replaceAll('\n', '\\n')
}

function spelled(character: string): string {
  const code = character.codePointAt(0) as number
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`
}
