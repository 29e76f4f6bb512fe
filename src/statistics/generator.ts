/** Uniform numbers from 0 to 1, always the same: findings are drawn from a record alone (Park and Miller 1988). */
export function fixedGenerator(): () => number {
  let state = 20_261_124
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
