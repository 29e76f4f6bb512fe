/**
 * What deploys a policy to AWS, held against AWS's own rules where they are here: cfn-lint and the SAM translator, of the
 * versions in validators.txt. `python3 -m venv x && x/bin/pip install -r test/systems/aws-api-gateway/validators.txt`, and
 * EDGELAB_VALIDATORS=x.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { exampleSite } from '../../../src/experiment/systems-under-test.ts'
import { withoutSecrets } from '../../../src/policy/credentials.ts'
import { deploymentFiles } from '../../../src/systems/aws-api-gateway/deployment/files.ts'
import { awsApiGateway } from '../../../src/systems/aws-api-gateway/index.ts'
import { policyFiles, scenarioIn } from '../../conformance/policies.ts'

const run = promisify(execFile)

function exported(file: string) {
  const scenario = scenarioIn(file)
  const native = awsApiGateway.compile(withoutSecrets(scenario.policy), exampleSite(scenario))
  const files = deploymentFiles(native, scenario.id)
  return { scenario, files, text: (path: string): string => files.find((each) => each.path === path)!.text }
}

test.each(policyFiles)('%s: keys are parameters that nobody is shown, and stand nowhere', (file) => {
  const { scenario, files, text } = exported(file)
  const consumers = scenario.policy.apiKey.flatMap((line) => line.consumers)
  for (const { text: content } of files) {
    expect(content).not.toContain('KEY-OF-')
    for (const { key } of consumers) expect(content).not.toContain(JSON.stringify(key).slice(1, -1))
  }
  const template = parse(text('template.yaml')) as {
    readonly Parameters: Record<string, { readonly NoEcho?: boolean; readonly Default?: unknown }>
    readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>
  }
  const keys = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::ApiGateway::ApiKey')
  for (const { Properties } of keys) {
    const { Ref } = Properties['Value'] as { readonly Ref: string }
    expect(template.Parameters[Ref]).toMatchObject({ NoEcho: true })
    expect(template.Parameters[Ref]).not.toHaveProperty('Default')
  }
  const hosts = Object.keys(template.Resources['Api']!.Properties['Variables'] as object)
  for (const variable of text('openapi.json').matchAll(/\$\{stageVariables\.(\w+)\}/g))
    expect(hosts).toContain(variable[1])
})

test('a quota is one of the usage plan', () => {
  const { Resources } = parse(exported('test/conformance/quota.yaml').text('template.yaml')) as {
    readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>
  }
  const plan = Object.values(Resources).find(({ Type }) => Type === 'AWS::ApiGateway::UsagePlan')
  expect(plan?.Properties['Quota']).toEqual({ Limit: 200, Offset: 0, Period: 'MONTH' })
})

const folder = process.env['EDGELAB_VALIDATORS'] ?? ''
const python = join(folder, 'bin', 'python3')
const missing = folder === '' || !existsSync(python)

const translate = `
import sys, yaml
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
template = yaml.safe_load(open(sys.argv[1]))
values = {name: "x" * 20 for name in template.get("Parameters", {})}
made = Translator({}, Parser()).translate(template, values)
print("\\n".join(sorted(each["Type"] for each in made["Resources"].values())))
`

test.skipIf(missing).each(policyFiles)(
  `%s: cfn-lint and the SAM translator take it${missing ? ' – skipped: EDGELAB_VALIDATORS names no folder that has them' : ''}`,
  async (file) => {
    const { text } = exported(file)
    const dir = await mkdtemp(join(tmpdir(), 'sam-test-'))
    onTestFinished(() => rm(dir, { recursive: true, force: true }))
    const path = join(dir, 'template.yaml')
    await writeFile(path, text('template.yaml'))
    const lint = await run(join(folder, 'bin', 'cfn-lint'), [path])
    expect(lint.stdout).toBe('')
    const { stdout } = await run(python, ['-c', translate, path], { env: { AWS_DEFAULT_REGION: 'eu-central-1' } })
    const types = stdout.trim().split('\n')
    for (const type of ['RestApi', 'Deployment', 'Stage']) expect(types).toContain(`AWS::ApiGateway::${type}`)
    // Keys in another header are none of AWS's.
    const lines = scenarioIn(file).policy.apiKey.filter(({ header }) => header === 'x-api-key')
    expect(types.includes('AWS::ApiGateway::UsagePlanKey')).toBe(lines.length > 0)
  },
  60_000,
)
