/** The stage as a SAM template, which deploys the API for real: CloudFormation says what the emulator reads in stage.json. */
import { commented, writeYaml, type YamlData } from '../../emit/yaml.ts'
import type { MethodSetting, StageFile, UsagePlan } from '../definition/stage.ts'

type Entries = readonly (readonly [name: string, data: YamlData])[]

/** `document`: the file of the OpenAPI document beside the template, which `sam deploy` uploads. */
export function samTemplate({ Stage, ApiKeys, UsagePlans }: StageFile, document: string): string {
  const keys = ApiKeys.map(({ Id, Name }) => ({
    Id,
    Name,
    resource: `Key${pascal(Id)}`,
    parameter: `KeyOf${pascal(Id)}`,
  }))
  const hosts = Object.keys(Stage.Variables).map((variable) => ({ variable, parameter: `HostOf${pascal(variable)}` }))
  const resourceOf = new Map(keys.map(({ Id, resource }) => [Id, resource]))
  const parameters: Entries = [
    ...hosts.map(({ variable, parameter }) => [parameter, hostParameter(variable)] as const),
    ...keys.map(({ Name, parameter }) => [parameter, keyParameter(Name)] as const),
  ]
  const resources: Entries = [
    ['Api', api(Stage, hosts, document)],
    ...keys.map(({ Name, resource, parameter }) => [resource, apiKey(Name, parameter)] as const),
    ...UsagePlans.flatMap((plan, index) => usagePlan(plan, `UsagePlan${index + 1}`, resourceOf)),
  ]
  return writeYaml({
    AWSTemplateFormatVersion: '2010-09-09',
    Transform: 'AWS::Serverless-2016-10-31',
    Description: 'Made by edgelab export aws',
    Parameters: Object.fromEntries(parameters),
    Resources: Object.fromEntries(resources),
    Outputs: {
      Url: {
        Description: 'For edgelab run --aws-url',
        Value: { 'Fn::Sub': `https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/${Stage.StageName}` },
      },
    },
  })
}

/** The names of the parameters that hold secrets, by the consumer whose key it is. */
export function keyParameters({ ApiKeys }: Pick<StageFile, 'ApiKeys'>): ReadonlyMap<string, string> {
  return new Map(ApiKeys.map(({ Id, Name }) => [Name, `KeyOf${pascal(Id)}`]))
}

/** The names of the parameters that say where origins are, by the variable of the stage. */
export function hostParameters({ Stage }: Pick<StageFile, 'Stage'>): ReadonlyMap<string, string> {
  return new Map(Object.keys(Stage.Variables).map((variable) => [variable, `HostOf${pascal(variable)}`]))
}

/** Logical ids of CloudFormation have letters and digits only; names of a policy have hyphens, too. */
function pascal(name: string): string {
  return name.replaceAll(/(?:^|[-_])([a-z0-9])/g, (_, first: string) => first.toUpperCase())
}

const reference = (name: string): YamlData => ({ Ref: name })

function hostParameter(variable: string): YamlData {
  return { Type: 'String', Description: `Host, or host:port, at which AWS reaches the origin ${variable}` }
}

/** No key is ever written here: CloudFormation asks for it and shows it to nobody. */
function keyParameter(consumer: string): YamlData {
  return { Type: 'String', NoEcho: true, MinLength: 20, MaxLength: 128, Description: `The key of ${consumer}` }
}

function api(
  { StageName, CacheClusterEnabled, CacheClusterSize, MethodSettings }: StageFile['Stage'],
  hosts: readonly { readonly variable: string; readonly parameter: string }[],
  document: string,
): YamlData {
  return {
    Type: 'AWS::Serverless::Api',
    Properties: {
      StageName,
      EndpointConfiguration: { Type: 'REGIONAL' },
      DefinitionBody: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: document } } },
      Variables: Object.fromEntries(hosts.map(({ variable, parameter }) => [variable, reference(parameter)])),
      ...(CacheClusterEnabled
        ? { CacheClusterEnabled: commented('AWS counts its hours, whether it is used or not.', true), CacheClusterSize }
        : {}),
      ...(MethodSettings.length > 0 ? { MethodSettings: MethodSettings.map(methodSetting) } : {}),
    },
  }
}

/** Without the settings of invalidation, which CloudFormation does not know. */
function methodSetting(setting: MethodSetting): YamlData {
  const { RequireAuthorizationForCacheControl: _, UnauthorizedCacheControlHeaderStrategy: __, ...known } = setting
  return known
}

function apiKey(consumer: string, parameter: string): YamlData {
  return {
    Type: 'AWS::ApiGateway::ApiKey',
    Properties: { Name: { 'Fn::Sub': `\${AWS::StackName}-${consumer}` }, Enabled: true, Value: reference(parameter) },
  }
}

function usagePlan(plan: UsagePlan, name: string, keys: ReadonlyMap<string, string>): Entries {
  const { UsagePlanName, Throttle, Quota, ApiStages, KeyIds } = plan
  return [
    [
      name,
      {
        Type: 'AWS::ApiGateway::UsagePlan',
        Properties: {
          UsagePlanName: { 'Fn::Sub': `\${AWS::StackName}-${UsagePlanName}` },
          ApiStages: ApiStages.map((stage) => ({
            ApiId: reference('Api'),
            Stage: reference('Api.Stage'),
            Throttle:
              stage.Throttle &&
              Object.fromEntries(Object.entries(stage.Throttle).map(([path, each]) => [path, { ...each }])),
          })),
          Throttle: Throttle && { ...Throttle },
          Quota: Quota && { ...Quota },
        },
      },
    ],
    ...KeyIds.map(
      (id) =>
        [
          `${name}${keys.get(id)}`,
          {
            Type: 'AWS::ApiGateway::UsagePlanKey',
            Properties: { KeyId: reference(keys.get(id)!), KeyType: 'API_KEY', UsagePlanId: reference(name) },
          },
        ] as const,
    ),
  ]
}
