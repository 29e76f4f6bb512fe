import { Command, Option } from 'commander'
import { plural } from '../../comparison/blocks.ts'
import { EdgeLabError, type ExitCode, exitCodes } from '../../errors.ts'
import type { Lab } from '../../labs/file/lab.ts'
import { labNamed, listLabs } from '../../labs/file/library.ts'
import { possibleCasts } from '../../labs/gate/casts.ts'
import { passGate } from '../../labs/gate/gate.ts'
import type { Rehearsal, Rehearsed } from '../../labs/gate/rehearse.ts'
import type { RuntimeKind } from '../../runtime/topology.ts'
import { renderError } from '../../views/text/error.ts'
import { rehearsalInWords, rehearsalLines, ruleLines } from '../../views/text/lab/gate/rule.ts'
import { tallyLines } from '../../views/text/lab/gate/tally.ts'
import { shown } from '../../views/text/style.ts'
import { onInterrupt } from '../interrupt.ts'
import { print, terminal } from '../output.ts'

type Runtimes = readonly ('auto' | RuntimeKind)[]

const runtimes = {
  auto: ['auto'],
  containers: ['containers'],
  processes: ['processes'],
  both: ['processes', 'containers'],
} as const satisfies Record<string, Runtimes>

export function labCheckCommand(finished: (code: ExitCode) => void): Command {
  return new Command('check')
    .description('the author’s gate: check that labs do what their texts promise, with every system that can run here')
    .argument('[lab...]', 'numbers, names or folders (default: all)')
    .addOption(
      new Option('--runtime <kind>', 'how systems are started; both: processes and containers, side by side')
        .choices(Object.keys(runtimes))
        .default('auto'),
    )
    .addHelpText('after', helpText)
    .action(async (names: readonly string[], { runtime }: { readonly runtime: keyof typeof runtimes }) => {
      const all = names.length > 0 ? names : (await listLabs()).map(({ id }) => id)
      const interrupt = onInterrupt(print)
      try {
        const broken = await brokenOf(all, runtimes[runtime], names.length > 0 ? 'every' : 'broken', interrupt.signal)
        if (broken > 0) throw new EdgeLabError('labBroken', { count: broken, labs: plural(all.length, 'lab') })
        print(`${plural(all.length, 'lab')} passed.`)
        finished(exitCodes.done)
      } catch (error) {
        // The signal stopped the work, which may fail with any error because of it.
        if (!interrupt.signal.aborted) throw error
        finished(exitCodes.interrupted)
      } finally {
        interrupt.release()
      }
    })
}

/**
 * How many of the labs have mistakes or break a rule. What is found is printed; of labs that were named, every rule.
 */
async function brokenOf(
  names: readonly string[],
  runtimes: Runtimes,
  which: 'every' | 'broken',
  signal: AbortSignal,
): Promise<number> {
  const options = terminal(process.stdout)
  const say = (text: string): void => print(shown(text, options))
  const broken = new Set<string>()
  const rehearsals: Rehearsal[] = []
  for (const name of names) {
    const lab = await readLab(name)
    if (!lab) broken.add(name)
    else for (const runtime of runtimes) rehearsals.push(...(await rehearsalsOf(lab, runtime, say)))
  }
  const numbered = (rehearsal: Rehearsal): string => `${rehearsals.indexOf(rehearsal) + 1}`
  if (which === 'every') for (const each of rehearsals) say(`  (${numbered(each)} is ${rehearsalInWords(each)})`)
  say(`${plural(rehearsals.length, 'rehearsal')}, some at once; each is told when it has ended.`)
  const came = new Map<Rehearsal, Rehearsed>()
  await passGate(rehearsals, {
    ended: (rehearsal, rehearsed) => {
      const { rules } = rehearsed
      came.set(rehearsal, rehearsed)
      if (rules.some(({ kept }) => !kept)) broken.add(rehearsal.lab.folder)
      print(rehearsalLines(rehearsal, rules, which, options).join('\n'))
    },
    note: (rehearsal, line) => {
      if (which === 'every') say(`  (${numbered(rehearsal)}: ${line})`)
    },
    signal,
  })
  const tallies = rehearsals.flatMap((rehearsal) =>
    (came.get(rehearsal)?.tallies ?? []).map((tally) => ({ rehearsal, tally })),
  )
  if (tallies.length > 0) print(['', ...tallyLines(tallies, options)].join('\n'))
  return broken.size
}

/** Null where the lab has mistakes; they are printed. */
async function readLab(name: string): Promise<Lab | null> {
  const options = terminal(process.stdout)
  const rule = (kept: boolean, text: string): void =>
    print(ruleLines({ name: text, kept, details: [] }, options).join('\n'))
  try {
    const lab = await labNamed(name)
    rule(true, `Lab ${lab.number}: ${lab.title}: the files are valid (schema, references, no literal ports)`)
    return lab
  } catch (error) {
    if (!(error instanceof EdgeLabError) || error.name !== 'badInput') throw error
    rule(false, `${name}: the files are valid`)
    print(renderError(error, options))
    return null
  }
}

async function rehearsalsOf(
  lab: Lab,
  runtime: 'auto' | RuntimeKind,
  note: (line: string) => void,
): Promise<readonly Rehearsal[]> {
  return (await possibleCasts(lab, runtime, note)).map((cast) => ({ lab, cast }))
}

const helpText = `
Examples:
  edgelab lab check one-hop
  edgelab lab check labs/05-mine --runtime processes
  edgelab lab check --runtime both             every lab, in processes and in containers`
