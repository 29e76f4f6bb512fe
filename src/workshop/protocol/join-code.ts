/**
 * The join code: the first 80 bits of the SHA-256 of the host's certificate (DER), in Crockford's base 32
 * (crockford.com/base32.html), in groups of four: `7QF2-M9XK-0ZTB-3HRW`. Whoever has it can tell the host from everybody
 * else in the network, without an authority that both trust.
 */
import { createHash } from 'node:crypto'

/** Without I, L, O and U: what people mistake for 1 and 0, and what makes words. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const bytes = 10
const length = (bytes * 8) / 5

/** Of a certificate in DER. */
export function joinCodeOf(certificate: Uint8Array): string {
  const hash = createHash('sha256').update(certificate).digest().subarray(0, bytes)
  let rest = BigInt(`0x${hash.toString('hex')}`)
  let code = ''
  for (let index = 0; index < length; index += 1) {
    code = digits[Number(rest % 32n)]! + code
    rest /= 32n
  }
  return grouped(code)
}

/**
 * A code as people type it, in the form in which hosts show it; null where it is none. Case, blanks and dashes of any
 * kind do not matter, and O is 0, I and L are 1.
 */
export function parseJoinCode(text: string): string | null {
  const typed = text.replace(/[\s\p{Dash_Punctuation}]/gu, '')
  if (!/^[0-9a-z]+$/i.test(typed)) return null
  const code = typed.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1')
  return code.length === length && [...code].every((digit) => digits.includes(digit)) ? grouped(code) : null
}

/** Whether a code that was typed is that of this certificate (DER). */
export function isCodeOf(text: string, certificate: Uint8Array): boolean {
  return parseJoinCode(text) === joinCodeOf(certificate)
}

function grouped(code: string): string {
  return code.match(/.{4}/g)!.join('-')
}
