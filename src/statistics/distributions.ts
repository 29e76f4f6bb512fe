/** Normal and Student's t distribution, to full precision: simple-statistics has the one to three digits, not the other. */
import { gammaln } from 'simple-statistics'

/** P(Z ≤ z), absolutely exact to some 15 digits (Marsaglia 2004, “Evaluating the normal distribution”). */
export function normalBelow(z: number): number {
  if (z < -8) return 0
  if (z > 8) return 1
  let sum = z
  let term = z
  for (let odd = 3; sum !== sum + term; odd += 2) {
    term *= (z * z) / odd
    sum += term
  }
  return 0.5 + sum * normalDensity(z)
}

export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
}

/** The z below which the share `p` lies. */
export function normalQuantile(p: number): number {
  return whereRising((z) => normalBelow(z) - p, -8, 8)
}

/** P(|T| ≥ |t|) of Student's t: the two-sided p. */
export function tTwoSided(t: number, degrees: number): number {
  return Number.isFinite(t) ? incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) : 0
}

/** The t beyond which, on both sides together, the share `alpha` lies: 2.262 for 0.05 and 9 degrees of freedom. */
export function tCritical(alpha: number, degrees: number): number {
  if (alpha >= 1) return 0
  // In log t: with one degree of freedom the quantiles reach from tenths to billions.
  return Math.exp(whereRising((log) => alpha - tTwoSided(Math.exp(log), degrees), -40, 60))
}

/** Regularised incomplete beta function by its continued fraction (DLMF 8.17.22), evaluated after Lentz. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges quickly on this side of the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  const tiny = 1e-300
  let numerator = 1
  let denominator = 1 / (1 - ((a + b) * x) / (a + 1) || tiny)
  let fraction = denominator
  for (let m = 1; m < 1000; m += 1) {
    let change = 1
    for (const coefficient of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      denominator = 1 / (1 + coefficient * denominator || tiny)
      numerator = 1 + coefficient / numerator || tiny
      change = numerator * denominator
      fraction *= change
    }
    if (Math.abs(change - 1) < 1e-15) break
  }
  return front * fraction
}

/** Where a rising function crosses zero, by halving: always there, always the same. */
export function whereRising(f: (x: number) => number, low: number, high: number): number {
  let [from, to] = [low, high]
  for (let step = 0; step < 50; step += 1) {
    const middle = (from + to) / 2
    if (f(middle) < 0) from = middle
    else to = middle
  }
  return (from + to) / 2
}
