/**
 * Histograms as records keep them: a few bytes and about one for each value, where the compressed form of HdrHistogram has
 * sixty before the first. A record of many short spells has thousands of them, of a dozen values each.
 *
 * `~` and base64: to how many digits its values are known, how many of its buckets have some, by how much their indices rise
 * (Golomb 1966, Rice 1979) and how often each was counted (Elias gamma). Nothing is lost: buckets are those of the histogram.
 */
import type { Histogram } from 'hdr-histogram-js'

const mark = '~'
const leastDigits = 2
const bitsOfDigits = 1

/** How many bits of a rise are written as they are; which number is best depends on how close the values lie. */
const widths = Array.from({ length: 16 }, (_, bits) => bits)
const bitsOfWidth = 4

/** What a histogram tells apart: 3 are a thousandth of a value, 2 a hundredth. */
export type Digits = 2 | 3

/** What the library’s histograms in JavaScript have beside what its interface tells. */
interface Buckets extends Histogram {
  readonly countsArrayLength: number
  getCountAtIndex(index: number): number
  valueFromIndex(index: number): number
}

export function isPacked(text: string): boolean {
  return text.startsWith(mark)
}

export function pack(histogram: Histogram): string {
  const buckets = histogram as Buckets
  const rises: number[] = []
  const counts: number[] = []
  let next = 0
  for (let index = 0; index < buckets.countsArrayLength; index += 1) {
    const count = buckets.getCountAtIndex(index)
    if (count === 0) continue
    rises.push(index - next)
    counts.push(count)
    next = index + 1
  }
  const costOf = (width: number): number => rises.reduce((bits, rise) => bits + (rise >> width) + 1 + width, 0)
  const width = widths.reduce((best, each) => (costOf(each) < costOf(best) ? each : best), 0)
  const bits = openBits()
  bits.plain(histogram.numberOfSignificantValueDigits - leastDigits, bitsOfDigits)
  bits.gamma(rises.length + 1)
  bits.plain(width, bitsOfWidth)
  for (const [at, rise] of rises.entries()) {
    bits.rice(rise, width)
    bits.gamma(counts[at]!)
  }
  return mark + bits.bytes().toString('base64')
}

/** `empty`: makes a histogram of so many digits. Throws RangeError where the text is cut or was edited. */
export function unpacked(text: string, empty: (digits: Digits) => Histogram): Histogram {
  const bits = readBits(Buffer.from(text.slice(mark.length), 'base64'))
  const buckets = empty((bits.plain(bitsOfDigits) + leastDigits) as Digits) as Buckets
  const length = bits.gamma() - 1
  const width = bits.plain(bitsOfWidth)
  let next = 0
  for (let at = 0; at < length; at += 1) {
    const index = next + bits.rice(width)
    if (index >= buckets.countsArrayLength) throw new RangeError('a value beyond the range of the histogram')
    buckets.recordValueWithCount(buckets.valueFromIndex(index), bits.gamma())
    next = index + 1
  }
  bits.end()
  return buckets
}

function openBits() {
  const bytes: number[] = []
  let free = 0
  const bit = (value: number): void => {
    if (free === 0) {
      bytes.push(0)
      free = 8
    }
    free -= 1
    bytes[bytes.length - 1]! |= value << free
  }
  const plain = (value: number, width: number): void => {
    for (let place = width - 1; place >= 0; place -= 1) bit(Math.floor(value / 2 ** place) % 2)
  }
  const zeros = (count: number): void => {
    for (let n = 0; n < count; n += 1) bit(0)
  }
  return {
    plain,
    /** From 1 on: as many zeros as it has bits after the first, then its bits. */
    gamma: (value: number): void => {
      const width = Math.floor(Math.log2(value)) + 1
      zeros(width - 1)
      plain(value, width)
    },
    rice: (value: number, width: number): void => {
      zeros(value >> width)
      bit(1)
      plain(value, width)
    },
    bytes: () => Buffer.from(bytes),
  }
}

function readBits(bytes: Buffer) {
  let at = 0
  const bit = (): number => {
    const byte = bytes[at >> 3]
    if (byte === undefined) throw new RangeError('a histogram that was cut')
    const value = (byte >> (7 - (at & 7))) & 1
    at += 1
    return value
  }
  const plain = (width: number, first = 0): number => {
    let value = first
    for (let n = 0; n < width; n += 1) value = value * 2 + bit()
    return value
  }
  const zeros = (): number => {
    let count = 0
    while (bit() === 0) count += 1
    return count
  }
  return {
    plain,
    gamma: (): number => plain(zeros(), 1),
    rice: (width: number): number => zeros() * 2 ** width + plain(width),
    end: (): void => {
      if (bytes.length * 8 - at >= 8) throw new RangeError('more than a histogram')
    },
  }
}
