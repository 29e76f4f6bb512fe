// Bundles the command line and every program that runs on its own (driver, origin, our own proxies and gateways)
// to one file each, so that a container needs only Node and that file.
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'

const root = new URL('.', import.meta.url).pathname
const { dependencies } = JSON.parse(await readFile(`${root}package.json`, 'utf8'))

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
}
// Bundled CommonJS dependencies call require(), which an ES module does not have.
const banner = { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" }

await Promise.all([
  build({ ...shared, entryPoints: { cli: 'src/cli.ts' }, outdir: 'dist', external: Object.keys(dependencies) }),
  build({
    ...shared,
    banner,
    entryPoints: {
      driver: 'src/traffic/driver.ts',
      origin: 'src/origin/program.ts',
      'node-proxy': 'src/systems/node-proxy/program/main.ts',
      'node-gateway': 'src/systems/node-gateway/program/main.ts',
    },
    outdir: 'dist/programs',
    outExtension: { '.js': '.mjs' },
  }),
])
await writeFile(`${root}dist/built-at`, `${Date.now()}\n`)
await chmod(`${root}src/edgelab.mjs`, 0o755)
