/** What deploys a policy to AWS: the document that the emulator reads too, a SAM template, and how to use them. */
import type { NativeConfig, NativeFile } from '../../system.ts'
import { documentFile, stageFile } from '../definition/compile.ts'
import type { StageFile } from '../definition/stage.ts'
import { hostParameters, keyParameters, samTemplate } from './template.ts'

const templateFile = 'template.yaml'

/** `scenario`: its id, in commands. `native`: compiled from a policy without secrets. */
export function deploymentFiles({ files, fidelity }: NativeConfig, scenario: string): readonly NativeFile[] {
  const document = files.find(({ path }) => path === documentFile)!
  const stage = JSON.parse(files.find(({ path }) => path === stageFile)!.text) as StageFile
  const lines = fidelity.map(({ line, level, how }) => `- ${line}: ${level}. ${how}`)
  return [
    document,
    { path: templateFile, language: 'yaml', text: samTemplate(stage, documentFile) },
    { path: 'README.md', language: 'markdown', text: readme(stage, scenario, lines) },
  ]
}

function readme(stage: StageFile, scenario: string, lines: readonly string[]): string {
  const keys = keyParameters(stage)
  const command = [
    `sam deploy --template-file ${templateFile} --stack-name edgelab-${scenario} --resolve-s3`,
    '--capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND --parameter-overrides',
    ...[...hostParameters(stage)].map(([origin, name]) => `${name}=<host of ${origin}>`),
    ...[...keys].map(([consumer, name]) => `${name}="$KEY_OF_${consumer.toUpperCase().replaceAll('-', '_')}"`),
  ]
  const patched = stage.Stage.MethodSettings.some((setting) => setting.UnauthorizedCacheControlHeaderStrategy)
  return `# ${scenario} on Amazon API Gateway

\`${documentFile}\` is the API, \`${templateFile}\` a SAM template that deploys it with stage, ${keys.size > 0 ? 'keys and usage plan' : 'variables and settings'}. With an account
and the SAM CLI (a bucket of its own is made for the document; AWS counts requests${stage.Stage.CacheClusterEnabled ? ', and the hours of the cache' : ''}):

    ${command.join(' \\\n      ')}

Then, with the URL that it prints:

    edgelab run ${scenario} --aws-url <Url>${keys.size > 0 ? ' --keys keys.yaml' : ''} --systems nginx,aws-api-gateway

A run starts the origins on this machine, from 127.0.0.1:9001 on (\`--origins\`): what AWS reaches at the hosts above must lead
there, such as a tunnel. ${keys.size > 0 ? 'keys.yaml has the same keys as the parameters, “name: key” a line; they are 20 to 128 characters long.' : ''}
${patched ? '\nCloudFormation does not know what becomes of a client’s Cache-Control: max-age=0: set “Require authorization” for it in the\nconsole, or by update-stage, where clients must not empty the cache.\n' : ''}
How the policy is carried out:

${lines.join('\n')}
`
}
