/** What must be stopped when the app is left, and the lines that are printed once the screen is restored. */

export interface Shutdown {
  /**
   * Something runs that must be stopped before EdgeLab ends. `stop` is called after the screen is back and resolves
   * with lines to say. Returns what takes it back, for when it has ended by itself.
   */
  hold(what: string, stop: () => Promise<readonly string[]>): () => void
  /** A line of the summary, such as a report's path; said once, however often it is given. */
  remember(line: string): void
  /** Takes back the lines with these words: what they name is gone. */
  forget(words: string): void
}

export interface RunningWork {
  readonly what: string
  readonly stop: () => Promise<readonly string[]>
}

export interface OpenShutdown extends Shutdown {
  /** What is held now. */
  held(): readonly RunningWork[]
  summary(): readonly string[]
}

export function newShutdown(): OpenShutdown {
  const holds = new Set<RunningWork>()
  const lines = new Set<string>()
  return {
    hold: (what, stop) => {
      const held = { what, stop }
      holds.add(held)
      return () => holds.delete(held)
    },
    remember: (line) => {
      // The latest one last.
      lines.delete(line)
      lines.add(line)
    },
    forget: (words) => {
      for (const line of [...lines].filter((each) => each.includes(words))) lines.delete(line)
    },
    held: () => [...holds],
    summary: () => [...lines],
  }
}
