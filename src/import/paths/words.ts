/**
 * Which parts of a path are words of an API, and which are somebody's: only words come into a scenario. Whoever is
 * mistaken here should be so towards `{id}`: a route too coarse is seen and mended, a secret is not.
 */

/** What a segment is that is no word; counted and shown, so that a reader sees what was replaced. */
export const segmentKinds = [
  'numbers',
  'UUIDs',
  'hashes',
  'dates',
  'e-mail addresses',
  'people and keys',
  'other',
] as const
export type SegmentKind = (typeof segmentKinds)[number]

/** `word`: may be kept. */
export function kindOf(segment: string, before: string): SegmentKind | 'word' {
  if (isWhole(segment)) return 'numbers'
  // Behind these stands who or what, even where it is a word.
  if (ofSomebody.has(before) && !aboutThem.has(segment)) return 'people and keys'
  if (isWord(segment)) return 'word'
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(segment)) return 'UUIDs'
  if (/^\d{4}-\d\d(?:-\d\d)?/.test(segment)) return 'dates'
  if (/^[0-9a-f]{8,}$/i.test(segment)) return 'hashes'
  if (/@|%40/.test(segment)) return 'e-mail addresses'
  return 'other'
}

export function isWhole(segment: string): boolean {
  for (let at = 0; at < segment.length; at += 1) {
    const code = segment.charCodeAt(at)
    if (code < 0x30 || code > 0x39) return false
  }
  return segment !== ''
}

const longestWord = 40
const mostParts = 4

/** `products`, `order-lines`, `getPrices`, `v2`, `style.min.css`: letters that could be spoken, few parts. */
export function isWord(text: string): boolean {
  if (text.length > longestWord || !/^[A-Za-z][\w.~-]*$/.test(text)) return false
  const parts = text.split(/[-_.~]|(?<=[a-z])(?=[A-Z])/)
  return parts.length <= mostParts && parts.every(isPart)
}

/** Names with digits that are nobody's. */
const withDigits = new Set(
  'oauth2 oauth1 s3 i18n l10n a11y k8s mp3 mp4 woff2 b2b b2c p2p html5 css3 es6 es5 utf8 h264 web3 ec2 base64 sha256 md5 x509 saml2 http2 http3'.split(
    ' ',
  ),
)

function isPart(part: string): boolean {
  if (part.length <= 4)
    return /^(?:[A-Z]?[a-z]+|[A-Z]+)$/.test(part) || /^[vV]\d{1,3}$/.test(part) || withDigits.has(part.toLowerCase())
  if (!/^[A-Za-z]+$/.test(part)) return withDigits.has(part.toLowerCase())
  // A hump of its own is at its begin alone: aGvXb is no word.
  if (!/^(?:[A-Z]?[a-z]+|[A-Z]+|[A-Z]{2,5}[a-z]+)$/.test(part)) return false
  return part.length <= longestPart && /[aeiouy]/i.test(part) && !/[^aeiouy]{5}/i.test(part) && rarePairs(part) === 0
}

/** As `internationalization`. */
const longestPart = 20

/** Pairs of letters that hardly a word has; of 15 letters drawn by lot, 19 in 20 have one of them. */
const rare = new Set(
  'bq bz cf cj cv cx dx fq fv fx fz gq gv gx hx hz jb jc jd jf jg jh jk jl jm jn jp jq jr js jt jv jw jx jy jz kq kv kx kz lq lx mg mj mq mx mz pq pv px qb qc qd qe qf qg qh qj qk qm qn qo qp qr qs qt qv qw qx qy qz sx sz tq tx vb vc vd vf vg vh vj vk vm vn vp vq vt vw vx vz wq wv wx wz xb xd xg xj xk xn xr xz yq yy zb zc zd zf zg zj zk zn zp zq zr zs zx'.split(
    ' ',
  ),
)

function rarePairs(part: string): number {
  const letters = part.toLowerCase()
  let count = 0
  for (let at = 0; at + 1 < letters.length; at += 1) if (rare.has(letters.slice(at, at + 2))) count += 1
  return count
}

/** Collections of people, and of what only one of them may know. */
const ofSomebody = new Set(
  `user users u account accounts customer customers client clients member members person people persons profile profiles
   author authors employee employees patient patients student students teacher teachers contact contacts friend friends
   follower followers owner owners guest guests subscriber subscribers company companies tenant tenants org orgs
   organization organizations organisation organisations team teams by-name by-email username usernames email emails
   phone phones token tokens reset verify verification invite invites invitation invitations unsubscribe activate
   activation confirm key keys apikey apikeys api-key api-keys secret secrets session sessions password passwords share
   shared magic code codes coupon coupons voucher vouchers`.split(/\s+/),
)

/** What may be asked of such a collection by a word that is nobody’s. */
const aboutThem = new Set(
  `me self current all new search list count login logout signin signin signup sign-in sign-out sign-up register settings
   preferences profile profiles export import password avatar avatars photo photos image images orders order addresses
   address cart carts favorites favourites wishlist wishlists notifications messages follow unfollow edit create update
   delete batch bulk status verify reset forgot refresh validate check index.html`.split(/\s+/),
)
