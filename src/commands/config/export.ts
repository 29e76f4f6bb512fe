import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { EdgeLabError, type ExitCode, exitCodes } from '../../errors.ts'
import { exampleSite } from '../../experiment/systems-under-test.ts'
import { withoutSecrets } from '../../policy/credentials.ts'
import { deploymentFiles } from '../../systems/aws-api-gateway/deployment/files.ts'
import { systems } from '../../systems/index.ts'
import { whyUnwritable } from '../../text-file.ts'
import { scenariosNamed } from '../inputs.ts'
import { print } from '../output.ts'

export function exportCommand(finished: (code: ExitCode) => void): Command {
  const command = new Command('export').description('write what deploys a policy elsewhere')
  command
    .command('aws')
    .description('an OpenAPI document and a SAM template that deploy a scenario’s policy to Amazon API Gateway')
    .argument('<scenario>', 'a name or a YAML file')
    .requiredOption('--out <dir>', 'folder for the files; nothing in it is overwritten')
    .addHelpText('after', '\nExample:\n  edgelab export aws rate-limit --out my-api')
    .action(async (name: string, { out }: { readonly out: string }) => {
      const [scenario] = await scenariosNamed([name])
      const { id, policy } = scenario!
      const native = systems['aws-api-gateway'].compile(withoutSecrets(policy), exampleSite(scenario!))
      for (const { path, text } of deploymentFiles(native, id)) await write(join(out, path), out, text)
      finished(exitCodes.done)
    })
  return command
}

/** Throws EdgeLabError `folderTaken` where the file is there, `folderUnwritable` where it cannot be written. */
async function write(path: string, folder: string, text: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(path, text, { flag: 'wx' })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw new EdgeLabError('folderTaken', { path }, { cause })
    throw new EdgeLabError('folderUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  }
  print(path)
}
