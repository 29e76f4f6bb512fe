/** What surrounds the cells of NGINX with njs: its module, where its scripts are, and what makes it ready. */
import { policyFeatures } from '../../policy/features/index.ts'
import type { Policy } from '../../policy/policy.ts'
import { addsOf, type Cells } from '../cell.ts'
import { blank, type ConfNode, comment, directive, verbatim } from '../emit/nginx-conf.ts'
import type { Surroundings } from '../nginx-core/compile.ts'
import type { Site } from '../system.ts'
import type { NjsAdds } from './adds.ts'
import { readyJs } from './assets/ready.js.ts'

const folder = 'js/edge'
const dataFile = `${folder}/policy.json`

/** Imports a module of ours and puts its functions behind variables: name of the variable → function. */
export function callsOf(module: string, variables: Readonly<Record<string, string>>): readonly ConfNode[] {
  return [
    directive('js_import', module, 'from', `edge/${module}.js`),
    ...Object.entries(variables).map(([variable, name]) => directive('js_set', `$${variable}`, `${module}.${name}`)),
  ]
}

/** Only the modules of the features that the policy uses. */
export function scripts(cells: Cells<NjsAdds>, policy: Policy, site: Site): Surroundings {
  const used = addsOf(
    cells,
    policyFeatures.filter((feature) => policy[feature].length > 0),
  )
  const data = Object.assign({}, ...used.map((adds) => adds.data?.(policy)))
  const hasData = Object.keys(data).length > 0
  const modules: Readonly<Record<string, string>> = Object.assign({}, ...used.map(({ modules }) => modules))
  const ready = readyJs(
    Object.keys(modules),
    used.flatMap(({ mustHold = [] }) => mustHold),
  )
  return {
    main: loading(site),
    http: [
      directive('js_path', verbatim(`${site.configDir}/js`)),
      ...(hasData
        ? [
            comment('Read once, at the start. A table in a module would be made anew for every request.'),
            directive('js_preload_object', 'policy', 'from', verbatim(`${site.configDir}/${dataFile}`)),
          ]
        : []),
      blank,
    ],
    guard: () => [],
    ready: [
      comment('nginx -t runs no JavaScript: ready means that every module was loaded and works.'),
      directive('js_import', 'ready', 'from', 'edge/ready.js'),
      directive('js_content', 'ready.answer'),
    ],
    files: [
      ...(hasData ? [{ path: dataFile, language: 'json', text: `${JSON.stringify(data, null, 4)}\n` }] : []),
      ...Object.entries({ ...modules, ready }).map(([name, text]) => ({
        path: `${folder}/${name}.js`,
        language: 'javascript',
        text,
      })),
    ],
  }
}

/** Official images and Debian have the module as a file; where it is built in, a line that loads it is a mistake. */
function loading({ module }: Site): readonly ConfNode[] {
  if (module?.load === null) return []
  return [
    comment('The JavaScript module; only where it is not built in (nginx -V tells).'),
    directive('load_module', verbatim(module?.load ?? 'modules/ngx_http_js_module.so')),
    blank,
  ]
}
