/** How much a host takes from whom. Generous for a workshop, and far too little to keep it from others. */

export const limits = {
  participants: 300,
  /** Bytes of a request's body. */
  body: 64 * 1024,
  joinBody: 8 * 1024,
  headers: 8 * 1024,
  /** Requests of one participant: what was queued during a lost connection comes in batches of a hundred. */
  ofParticipant: { burst: 60, perSecond: 10 },
  /** Requests without a valid token from one address: joining too, and a whole room may share an address. */
  ofStranger: { burst: 100, perSecond: 20 },
  /** Connections of one address over which no valid token came yet. */
  strangers: 64,
  /** New connections of one address: a handshake costs the host a millisecond. */
  connectionsOpened: { burst: 200, perSecond: 20 },
  connections: 1500,
  connectionsOfParticipant: 6,
  /** Bytes of a participant's reports in the journal. A workshop of a day takes some 200 KB. */
  reported: 8 * 1024 * 1024,
  /** Different steps that a participant reports. */
  steps: 400,
  handshakeMs: 10_000,
  headersMs: 10_000,
  requestMs: 15_000,
  idleMs: 60_000,
  /** Bytes that wait for a participant who does not read the stream of orders. */
  unread: 64 * 1024,
} as const
