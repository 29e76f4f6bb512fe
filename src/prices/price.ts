/** Prices as data. What a price is good for depends on where and when it was read, so that is part of it. */

interface Quoted {
  /** By which a reader's file gives another: `aws-rest-1`. */
  readonly name: string
  /** What is paid for, in words. */
  readonly what: string
  /** In `currency`, for one `per`. */
  readonly amount: number
  /** Three letters of ISO 4217. */
  readonly currency: string
  /** Where it holds, as the vendor calls it: `us-east-1`; `any` where the vendor makes no difference. */
  readonly region: string
  /** Where it was read. */
  readonly source: string
  /** When it was read there, or what date the source bears: `2026-09-20`. */
  readonly date: string
  /** confirmed: in the vendor's own text. unconfirmed: somebody else says so. yours: from a file of the reader's. */
  readonly standing: Standing
}

export type Standing = 'confirmed' | 'unconfirmed' | 'yours'

/** Requests of a REST or of an HTTP API, in tiers: each price holds until its tier is full. */
export interface RequestsPrice extends Quoted {
  readonly of: 'rest' | 'http'
  readonly per: 'million requests'
  /** How many millions it holds for; absent: for all beyond the tiers before it. */
  readonly millions?: number
}

/** The cache of a REST API's stage, by its size; paid by the hour, whether anybody asks or not. */
export interface CachePrice extends Quoted {
  readonly of: 'cache'
  readonly per: 'hour'
  readonly gb: number
}

/** Data sent to the internet, in tiers. GB: 2^30 bytes, as AWS computes in its examples. */
export interface TransferPrice extends Quoted {
  readonly of: 'transfer'
  readonly per: 'GB'
  /** How many GB it holds for; absent: for all beyond. */
  readonly gb?: number
}

/** A machine that one rents. */
export interface MachinePrice extends Quoted {
  readonly of: 'machine'
  readonly per: 'hour' | 'month'
  readonly vcpus: number
  /** What it may send to the internet in a month, GB, and what each GB beyond costs; absent: at the transfer tiers. */
  readonly transfer?: { readonly gb: number; readonly beyond: number }
}

export type Price = RequestsPrice | CachePrice | TransferPrice | MachinePrice
export type PriceOf<Kind extends Price['of']> = Extract<Price, { readonly of: Kind }>

/** Those of one kind, in the order of the list: tiers follow each other as they stand. */
export function pricesOf<Kind extends Price['of']>(prices: readonly Price[], kind: Kind): readonly PriceOf<Kind>[] {
  return prices.filter((price): price is PriceOf<Kind> => price.of === kind)
}

/** `3.50 USD`, `0.0816 USD`: to the digit that was read. */
export function amountInWords({ amount, currency }: Pick<Price, 'amount' | 'currency'>): string {
  const cents = amount.toFixed(2)
  return `${Number(cents) === amount ? cents : String(amount)} ${currency}`
}

/** `vm-ec2`, `vm-ec2, price unconfirmed` */
export function nameWithStanding({ name, standing }: Pick<Price, 'name' | 'standing'>): string {
  return standing === 'unconfirmed' ? `${name}, price unconfirmed` : name
}

/** Behind a sum or a price that rests on one that nobody confirmed. */
export const unconfirmedMark = '(unconfirmed)'
