import { Command } from 'commander'
import { plural } from '../comparison/blocks.ts'
import { type ExitCode, exitCodes, LabError } from '../errors.ts'
import { possibleCasts } from '../labs/gate/casts.ts'
import { passesGate } from '../labs/gate/gate.ts'
import { labNamed, listLabs } from '../labs/library.ts'
import type { RuntimeKind } from '../runtime/topology.ts'
import { renderError } from '../views/text/error.ts'
import { ruleLines } from '../views/text/lab/rule.ts'
import { shown } from '../views/text/style.ts'
import { runtimeNamed } from './inputs.ts'
import { onInterrupt } from './interrupt.ts'
import { print, terminal } from './output.ts'

export function labCheckCommand(finished: (code: ExitCode) => void): Command {
  return new Command('check')
    .description('the author’s gate: whether labs do what their texts promise, with every system that can run here')
    .argument('[lab...]', 'numbers, names or folders; all where none is named')
    .option('--runtime <kind>', 'auto, containers or processes', runtimeNamed, 'auto')
    .addHelpText(
      'after',
      '\nExamples:\n  edgelab lab check one-hop\n  edgelab lab check labs/05-mine --runtime processes',
    )
    .action(async (names: readonly string[], { runtime }: { readonly runtime: 'auto' | RuntimeKind }) => {
      const all = names.length > 0 ? names : (await listLabs()).map(({ id }) => id)
      const interrupt = onInterrupt(print)
      try {
        let failed = 0
        for (const name of all) failed += (await passes(name, runtime, interrupt.signal)) ? 0 : 1
        if (failed > 0) throw new LabError('labBroken', { count: failed, labs: plural(all.length, 'lab') })
        print(`${plural(all.length, 'lab')} passed.`)
        finished(exitCodes.done)
      } catch (error) {
        // Whatever was going on was told to stop, and says so in its own way.
        if (!interrupt.signal.aborted) throw error
        finished(exitCodes.interrupted)
      } finally {
        interrupt.release()
      }
    })
}

/** False where a rule is broken, or the lab has mistakes; they are printed. */
async function passes(name: string, runtime: 'auto' | RuntimeKind, signal: AbortSignal): Promise<boolean> {
  const options = terminal(process.stdout)
  const say = (text: string): void => print(shown(text, options))
  const rule = (kept: boolean, text: string): void =>
    print(ruleLines({ name: text, kept, details: [] }, options).join('\n'))
  try {
    const lab = await labNamed(name)
    print('')
    say(`Lab ${lab.number}: ${lab.title}`)
    rule(true, 'the files are valid: schema, references, no literal ports')
    let isGood = true
    for (const cast of await possibleCasts(lab, runtime, say)) {
      print(`In ${cast.runtime}: ${cast.players.map(({ role, label }) => `${role} ${label}`).join(', ')}`)
      const show = { rule: (each: Parameters<typeof ruleLines>[0]) => print(ruleLines(each, options).join('\n')) }
      isGood = (await passesGate(lab, cast, { ...show, note: (line) => say(`  (${line})`), signal })) && isGood
    }
    return isGood
  } catch (error) {
    if (!(error instanceof LabError) || error.name !== 'badInput') throw error
    rule(false, `${name}: the files are valid`)
    print(renderError(error, options))
    return false
  }
}
