import { eachWithin, type JsonObject } from './json.ts'

/** Version 2 → 3. What one builds of libraries was called a proxy or a gateway, after what it does; now it has a kind of its own. */
export function from2(record: JsonObject): JsonObject {
  return eachWithin(eachWithin(record, 'declared', builtOfLibraries), 'scenarios', (scenario) =>
    eachWithin(scenario, 'subjects', builtOfLibraries),
  )
}

function builtOfLibraries(each: JsonObject): JsonObject {
  const { system } = each
  return system === 'node-proxy' || system === 'node-gateway' ? { ...each, kind: 'self-built' } : each
}
