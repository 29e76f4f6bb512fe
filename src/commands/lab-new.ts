import { mkdir, readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { Command } from 'commander'
import { type ExitCode, exitCodes, LabError } from '../errors.ts'
import { newLabFiles } from '../labs/new-lab.ts'
import { writeFiles } from '../labs/workspace.ts'
import { packageRoot } from '../package-root.ts'
import { print } from './output.ts'

export function labNewCommand(finished: (code: ExitCode) => void): Command {
  return new Command('new')
    .description('write a small lab that passes the gate, to begin from')
    .argument('<id>', 'its name, such as slow-origins')
    .option('--in <folder>', 'the folder that it goes into', 'labs')
    .addHelpText('after', '\nExample:\n  edgelab lab new slow-origins && edgelab lab check ./labs/05-slow-origins')
    .action(async (id: string, { in: parent }: { readonly in: string }) => {
      if (!/^[a-z][a-z0-9-]*$/.test(id)) {
        throw new LabError('usage', { what: `“${id}” is no name for a lab: small letters, digits and dashes.` })
      }
      const names = await readdir(parent).catch(() => [])
      const taken = names.find((name) => name.replace(/^\d+-/, '') === id)
      if (taken) throw new LabError('folderTaken', { path: join(parent, taken) })
      const numbers = names.map((name) => Number(/^(\d{2})-/.exec(name)?.[1] ?? 0))
      const folder = join(parent, `${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}-${id}`)
      await mkdir(folder, { recursive: true })
      const schema = relative(resolve(folder), join(packageRoot, 'labs', 'lab.schema.json'))
      const title = id[0]!.toUpperCase() + id.slice(1).replaceAll('-', ' ')
      await writeFiles(newLabFiles(title, schema), folder)
      print(
        `${folder}\nedgelab lab check ./${folder} holds it against the gate; CONTRIBUTING.md says how labs are written.`,
      )
      finished(exitCodes.done)
    })
}
