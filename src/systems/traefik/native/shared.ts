/** Names that several parts of the configuration use. */

/** Where clients come in. */
export const entryPoint = 'edge'

/** The middleware that takes away who a client says it is. */
export const anonymous = 'anonymous'
