/** The markers of systems as SVG paths: the same shapes, in the same order, as Chart.js and the terminal draw. */

/** Each within a square of side 2 around the origin. */
const shapes = [
  'M-1 0A1 1 0 1 1 1 0A1 1 0 1 1 -1 0Z',
  'M0 -1L1 .8H-1Z',
  'M-.85 -.85H.85V.85H-.85Z',
  'M0 -1.1L1.1 0L0 1.1L-1.1 0Z',
  'M0 1L1 -.8H-1Z',
  'M0 -1.1L.3 -.4L1.05 -.34L.48 .15L.65 .89L0 .5L-.65 .89L-.48 .15L-1.05 -.34L-.3 -.4Z',
  'M1 0L-.8 1V-1Z',
  'M-1 0L.8 1V-1Z',
  'M-.9 -.4Q-.9 -.9 -.4 -.9H.4Q.9 -.9 .9 -.4V.4Q.9 .9 .4 .9H-.4Q-.9 .9 -.9 .4Z',
  'M-.3 -1H.3V-.3H1V.3H.3V1H-.3V.3H-1V-.3H-.3Z',
  'M0 -.42L.6 -1L1 -.6L.42 0L1 .6L.6 1L0 .42L-.6 1L-1 .6L-.42 0L-1 -.6L-.6 -1Z',
  'M-1.1 -.35H1.1V.35H-1.1Z',
] as const

export function markerPath(slot: number): string {
  return shapes[slot % shapes.length] ?? shapes[0]
}
