import { readdir } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { Command } from 'commander'
import { asTyped } from '../../errors/typed.ts'
import { EdgeLabError, type ExitCode, exitCodes } from '../../errors.ts'
import { newLabFiles } from '../../labs/file/new-lab.ts'
import { writeFiles } from '../../labs/session/workspace.ts'
import { packageRoot } from '../../package-root.ts'
import { name } from '../../policy/fields.ts'
import { whyUnwritable } from '../../text-file.ts'
import { print } from '../output.ts'

export function labNewCommand(finished: (code: ExitCode) => void): Command {
  return new Command('new')
    .description('write a small lab that passes the gate, as a starting point')
    .argument('<id>', 'its name, such as slow-origins')
    .option('--in <folder>', 'the folder that it goes into', 'labs')
    .addHelpText('after', '\nExample:\n  edgelab lab new slow-origins && edgelab lab check ./labs/05-slow-origins')
    .action(async (id: string, { in: parent }: { readonly in: string }) => {
      if (!name.safeParse(id).success) {
        const what = `“${id}” is no name for a lab: up to 40 small letters, digits and dashes, a letter first.`
        throw new EdgeLabError('usage', { what })
      }
      const names = await readdir(parent).catch(() => [])
      const taken = names.find((each) => each.replace(/^\d+-/, '') === id)
      if (taken) throw new EdgeLabError('folderTaken', { path: join(parent, taken) })
      const numbers = names.map((each) => Number(/^(\d{2})-/.exec(each)?.[1] ?? 0))
      const folder = join(parent, `${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}-${id}`)
      const schema = relative(resolve(folder), join(packageRoot, 'labs', 'lab.schema.json'))
      const title = id[0]!.toUpperCase() + id.slice(1).replaceAll('-', ' ')
      await writeFiles(newLabFiles(title, schema), folder).catch(({ cause }: EdgeLabError) => {
        throw new EdgeLabError('folderUnwritable', { path: folder, why: whyUnwritable(cause) }, { cause })
      })
      // With a slash, so that it is taken for a folder.
      const path = isAbsolute(folder) ? folder : `./${folder}`
      print(
        asTyped(
          `${path}\nedgelab lab check ${path} holds it against the gate; CONTRIBUTING.md says how labs are written.`,
        ),
      )
      finished(exitCodes.done)
    })
}
