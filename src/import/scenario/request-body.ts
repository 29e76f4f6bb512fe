/** A body in place of one that was sent: as large, and of nothing but its own words. */
import type { RouteClass } from './lines.ts'

const withBody = ['POST', 'PUT', 'PATCH']
/** What a line of a scenario may have is 64 KB; nobody reads a line of that length. */
const longest = 16 * 1024
const around = '{"synthetic":""}'.length

/** `body: …` for a line, empty where none was sent or its size is not known. */
export function bodyFor({ method, of }: RouteClass): readonly string[] {
  if (!withBody.includes(method) || !of.sentBytes) return []
  const bytes = Math.min(of.sentBytes.getValueAtPercentile(50), longest)
  if (bytes < 1) return []
  const filler = 'abcdefghijklmnopqrstuvwxyz '.repeat(Math.ceil(bytes / 27)).slice(0, Math.max(0, bytes - around))
  return [`body: { synthetic: ${JSON.stringify(filler)} }`]
}
