/** Path prefixes of a policy as resources of an API. */

/** What a part of a resource’s path may consist of: AWS refuses anything else, and braces make a variable of it. */
const part = /^[A-Za-z0-9._:-]+$/

/** Why no resource can have this path; undefined where one can. */
export function whyNoResource(path: string): string | undefined {
  const parts = path.split('/').slice(1)
  return path === '/' || parts.every((each) => part.test(each))
    ? undefined
    : `API Gateway has no resource for ${path}: parts of a path may have letters, digits and ._:- alone.`
}

/** A prefix on segment borders takes two resources: the path itself, and everything below it. */
export function resourcesOf(path: string): readonly { readonly path: string; readonly isGreedy: boolean }[] {
  return [
    { path, isGreedy: false },
    { path: path === '/' ? '/{proxy+}' : `${path}/{proxy+}`, isGreedy: true },
  ]
}
