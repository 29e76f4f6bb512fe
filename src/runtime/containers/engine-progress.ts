/** Long work of the engine (pull, import, load), which it reports line by line while it answers 200 from the start. */
import { createInterface } from 'node:readline'

/** Resolves when the work is done; rejects with what the engine said in the middle of it. */
export async function followEngine(answer: NodeJS.ReadableStream, heard: () => void = () => undefined): Promise<void> {
  // Not dockerode’s followProgress: that takes an error among the lines for success.
  for await (const line of createInterface({ input: answer })) {
    if (line.trim() === '') continue
    heard()
    const { error } = JSON.parse(line) as { readonly error?: string }
    if (error !== undefined) throw new Error(error)
  }
}
