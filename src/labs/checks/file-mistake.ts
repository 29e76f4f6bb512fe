/** What a learner's files got wrong, in words: from the schema's problems, or from the product's own. */
import type { Problem } from '../../errors.ts'

export interface Mistake {
  /** The message of the product, or of EdgeLab's own parser. */
  readonly said: string
  /** With its place: `native/nginx/nginx.conf, line 23: unknown directive "prox_pass"`. */
  readonly difference: string
}

/** The first problem, with the number of further ones. */
export function mistakeOfProblems(problems: readonly Problem[]): Mistake {
  const [first, ...more] = problems
  const { file, line, path, message } = first!
  const place = [file, line === undefined ? '' : `line ${line}`, path].filter(Boolean).join(', ')
  const others = more.length === 0 ? '' : more.length === 1 ? ' (and 1 more)' : ` (and ${more.length} more)`
  return { said: message, difference: `${place}: ${message}${others}` }
}

/** Where a role's native files are, as the learner knows them. */
interface NativeFolder {
  /** Below the workspace. */
  readonly folder: string
  /** Below the folder. */
  readonly files: readonly { readonly path: string }[]
}

/** A start that failed: the decisive line of its log, its paths turned into those that the learner knows. */
export function mistakeOfStart(message: string, logTail: string, { folder, files }: NativeFolder): Mistake {
  const line = decisiveLine(logTail)
  if (line === '') return { said: message, difference: message }
  const said = files
    .map(({ path }) => path)
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, path) => {
      // Any folder may come first: the runtime chooses it.
      const written = new RegExp(String.raw`(?<![\w/.-])/[^\s":]*/${path.replaceAll(/[^\w/-]/g, '\\$&')}(?![\w/])`, 'g')
      return text.replaceAll(written, `${folder}/${path}`)
    }, line)
  const placed = /^(.*?) in (\S+):(\d+)$/.exec(said)
  return { said, difference: placed ? `${placed[2]}, line ${placed[3]}: ${placed[1]}` : said }
}

/** NGINX marks it; our own edges name their file and then, indented, what is wrong with it. */
export function decisiveLine(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '')
  const marked = lines.find((line) => /\[(emerg|alert|crit)\]/.test(line))
  if (marked) return marked.replace(/^.*?\[(?:emerg|alert|crit)\]\s*(?:\d+#\d+:\s*)?/, '').trim()
  const head = lines.findIndex((line) => line.endsWith('cannot be used:'))
  if (head >= 0 && lines[head + 1]) {
    return `${lines[head]!.replace(/ cannot be used:$/, '')}: ${lines[head + 1]!.trim()}`
  }
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? '').trim()
}
