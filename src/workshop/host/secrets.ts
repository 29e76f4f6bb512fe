/** What is secret, made at random and compared in constant time. */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** 256 bits, in letters that need no quoting. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What a host keeps of a token. A token has 256 bits of chance: a fast hash is enough. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Eight digits, which are read aloud and typed on any keyboard: `4829 1357`. */
export function newPasscode(): string {
  const digits = String(randomInt(100_000_000)).padStart(8, '0')
  return `${digits.slice(0, 4)} ${digits.slice(4)}`
}

/** Case, blanks and dashes do not matter. In constant time. */
export function isPasscode(typed: string, passcode: string): boolean {
  return isSame(withoutBlanks(typed), withoutBlanks(passcode))
}

/** How many characters of a passcode count. */
export function passcodeLength(passcode: string): number {
  return withoutBlanks(passcode).length
}

/** In constant time, whatever the lengths. */
export function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(one), 'hex'), Buffer.from(hashOf(other), 'hex'))
}

function withoutBlanks(passcode: string): string {
  return passcode
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Dash_Punctuation}]/gu, '')
}
