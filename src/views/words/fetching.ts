/** How far fetching a binary is, in words. */
import type { Fetching } from '../../runtime/wheels/fetch.ts'
import { formatBytes } from '../../units.ts'

export function fetchingInWords(product: string, { doing, bytes, ofBytes }: Fetching): string {
  if (doing === 'waiting') return `${product}: another EdgeLab is fetching it; waiting`
  if (doing === 'checking') return `${product}: trying it`
  const total = ofBytes === null ? '' : ` of about ${formatBytes(ofBytes)}`
  return `${product}: ${formatBytes(bytes)}${total}`
}
