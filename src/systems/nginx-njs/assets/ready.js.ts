/** The module behind readyPath: imports every other one and tries what must hold, expressions of our own. */
export function readyJs(modules: readonly string[], mustHold: readonly string[]): string {
  const imports = modules.map((name) => `import ${name} from 'edge/${name}.js';\n`).join('')
  const checks = mustHold.map((expression) => `        ${expression},\n`).join('')
  return `${imports}
function answer(r) {
    const mustHold = [
${checks}    ];
    r.return(mustHold.every(Boolean) ? 204 : 500);
}

export default { answer };
`.trimStart()
}
